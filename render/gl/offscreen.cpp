// EGL without a display: Mesa's surfaceless platform, one context without any surface.
#include "render/gl/offscreen.h"

#include <cstdio>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <string>

#include <EGL/egl.h>
#include <EGL/eglext.h>

namespace plumb {
namespace {

[[noreturn]] void fail(const char* step) {
    char code[16];
    std::snprintf(code, sizeof code, "0x%04x", static_cast<unsigned>(eglGetError()));
    throw std::runtime_error(std::string("no offscreen OpenGL 3.3: ") + step + " failed (EGL error " + code
                             + "); Mesa with EGL is needed");
}

/// One display for the whole process: whoever ends it last, ends it for all.
struct SharedDisplay {
    std::mutex mutex;
    EGLDisplay display = EGL_NO_DISPLAY;
    int users = 0;

    EGLDisplay take() {
        const std::lock_guard lock(mutex);
        if (users == 0) {
            const char* can = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
            if (can == nullptr || std::strstr(can, "EGL_MESA_platform_surfaceless") == nullptr)
                throw std::runtime_error(
                    "no offscreen OpenGL 3.3: EGL has no surfaceless platform here; Mesa's is needed");
            display = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA,
                                            reinterpret_cast<void*>(EGL_DEFAULT_DISPLAY), nullptr);
            if (display == EGL_NO_DISPLAY) fail("opening a surfaceless display");
            if (eglInitialize(display, nullptr, nullptr) != EGL_TRUE) fail("starting EGL");
        }
        ++users;
        return display;
    }
    void give_back() {
        const std::lock_guard lock(mutex);
        if (--users == 0) eglTerminate(display);
    }
};

SharedDisplay& shared_display() {
    static SharedDisplay shared;
    return shared;
}

}  // namespace

struct OffscreenContext::Impl {
    EGLDisplay display = shared_display().take();
    EGLContext context = EGL_NO_CONTEXT;

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        if (context != EGL_NO_CONTEXT) {
            if (eglGetCurrentContext() == context)
                eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
            eglDestroyContext(display, context);
        }
        shared_display().give_back();
    }
};

OffscreenContext::OffscreenContext() : impl_(std::make_unique<Impl>()) {
    const EGLint want[] = {EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (eglChooseConfig(impl_->display, want, &config, 1, &count) != EGL_TRUE || count < 1)
        fail("choosing a configuration");
    if (eglBindAPI(EGL_OPENGL_API) != EGL_TRUE) fail("choosing OpenGL");
    const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION,
                              3,
                              EGL_CONTEXT_MINOR_VERSION,
                              3,
                              EGL_CONTEXT_OPENGL_PROFILE_MASK,
                              EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                              EGL_NONE};
    impl_->context = eglCreateContext(impl_->display, config, EGL_NO_CONTEXT, version);
    if (impl_->context == EGL_NO_CONTEXT) fail("making a context");
    if (eglMakeCurrent(impl_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, impl_->context) != EGL_TRUE)
        fail("making the context current");
}

OffscreenContext::~OffscreenContext() = default;

}  // namespace plumb
