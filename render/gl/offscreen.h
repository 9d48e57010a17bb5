// An OpenGL context without any display: EGL on Mesa's surfaceless platform.
#pragma once

#include <memory>

namespace plumb {

/// Current in the thread that makes it, gone with it. Throws std::runtime_error with one clear line when there is none.
class OffscreenContext {
  public:
    OffscreenContext();
    ~OffscreenContext();
    OffscreenContext(const OffscreenContext&) = delete;
    OffscreenContext& operator=(const OffscreenContext&) = delete;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plumb
