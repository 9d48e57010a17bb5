// What a window manager's cross sends, for the window test: xdotool of Debian 12 cannot. Not a test; run by name.
#include <cstdlib>

#include <dlfcn.h>

#include "tests/catch.h"
#if __has_include(<X11/Xlib.h>)
#include <X11/Xlib.h>

TEST_CASE("lab window: asks a window to close", "[.helper]") {
    void* const x11 = ::dlopen("libX11.so.6", RTLD_NOW);
    REQUIRE(x11 != nullptr);
    const auto open = reinterpret_cast<decltype(&XOpenDisplay)>(::dlsym(x11, "XOpenDisplay"));
    const auto atom = reinterpret_cast<decltype(&XInternAtom)>(::dlsym(x11, "XInternAtom"));
    const auto send = reinterpret_cast<decltype(&XSendEvent)>(::dlsym(x11, "XSendEvent"));
    const auto close = reinterpret_cast<decltype(&XCloseDisplay)>(::dlsym(x11, "XCloseDisplay"));
    const char* const window = std::getenv("WINDOW");
    REQUIRE(window != nullptr);
    Display* const display = open(nullptr);
    REQUIRE(display != nullptr);
    XEvent event{};
    event.xclient.type = ClientMessage;
    event.xclient.window = std::strtoul(window, nullptr, 10);
    event.xclient.message_type = atom(display, "WM_PROTOCOLS", False);
    event.xclient.format = 32;
    event.xclient.data.l[0] = static_cast<long>(atom(display, "WM_DELETE_WINDOW", False));
    CHECK(send(display, event.xclient.window, False, NoEventMask, &event) != 0);
    close(display);
}
#endif
