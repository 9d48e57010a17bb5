// EGL without a surface.
#include "render/gl/offscreen.h"

#include <array>
#include <stdexcept>
#include <string>

#include <EGL/egl.h>
#include <EGL/eglext.h>

namespace plumb {

struct OffscreenContext::Impl {
    EGLDisplay display = EGL_NO_DISPLAY;
    EGLContext context = EGL_NO_CONTEXT;
    ~Impl() {
        if (display == EGL_NO_DISPLAY) return;
        eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        if (context != EGL_NO_CONTEXT) eglDestroyContext(display, context);
        eglTerminate(display);
    }
};

OffscreenContext::OffscreenContext() : impl_(std::make_unique<Impl>()) {
    const auto fail = [](const std::string& what) -> void {
        throw std::runtime_error("no picture without a display: " + what
                                 + " (EGL without a surface and OpenGL 3.3 are needed: libgl1-mesa-dri)");
    };
    const auto get_display = reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(  // NOLINT: EGL's way
        eglGetProcAddress("eglGetPlatformDisplayEXT"));
    if (get_display == nullptr) fail("EGL knows no platforms");
    impl_->display = get_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    EGLint major = 0, minor = 0;
    if (impl_->display == EGL_NO_DISPLAY || eglInitialize(impl_->display, &major, &minor) == EGL_FALSE) {
        impl_->display = EGL_NO_DISPLAY;
        fail("EGL does not start");
    }
    eglBindAPI(EGL_OPENGL_API);
    constexpr std::array<EGLint, 5> k_config = {EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
                                                EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (eglChooseConfig(impl_->display, k_config.data(), &config, 1, &count) == EGL_FALSE || count < 1)
        fail("no configuration for OpenGL");
    constexpr std::array<EGLint, 7> k_context = {EGL_CONTEXT_MAJOR_VERSION,
                                                 3,
                                                 EGL_CONTEXT_MINOR_VERSION,
                                                 3,
                                                 EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                                 EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                                 EGL_NONE};
    impl_->context = eglCreateContext(impl_->display, config, EGL_NO_CONTEXT, k_context.data());
    if (impl_->context == EGL_NO_CONTEXT
        || eglMakeCurrent(impl_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, impl_->context) == EGL_FALSE)
        fail("no OpenGL 3.3 core context");
}
OffscreenContext::~OffscreenContext() = default;

}  // namespace plumb
