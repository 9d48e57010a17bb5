// What the driver says of itself.
#include "render/gl/programs.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace plumb {

Tier tier_of_context() {
    const auto text = [](GLenum what) {
        const auto* found = reinterpret_cast<const char*>(glGetString(what));
        return found == nullptr ? std::string() : std::string(found);
    };
    const std::string version = text(GL_VERSION);
    if (version.empty()) throw std::runtime_error("no OpenGL context is current");
    GLint major = 0, minor = 0;
    glGetIntegerv(GL_MAJOR_VERSION, &major);
    glGetIntegerv(GL_MINOR_VERSION, &minor);
    if (major * 10 + minor < 33) throw std::runtime_error("OpenGL 3.3 is needed, this is OpenGL " + version);
    std::string renderer = text(GL_RENDERER);
    std::transform(renderer.begin(), renderer.end(), renderer.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const char* software : {"llvmpipe", "softpipe", "swiftshader"})
        if (renderer.find(software) != std::string::npos) return Tier::low;
    return Tier::full;
}

}  // namespace plumb
