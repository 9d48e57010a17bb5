// Framebuffers and what hangs on them.
#include "render/gl/target.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace plumb {
namespace {

void must_be_complete(const char* what, int width, int height) {
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE) return;
    throw std::runtime_error(std::string("OpenGL gives no ") + what + " of " + std::to_string(width) + " x "
                             + std::to_string(height) + " pixels");
}

void store(const GlRenderbuffer& buffer, GLenum format, int samples, int width, int height) {
    glBindRenderbuffer(GL_RENDERBUFFER, buffer.name());
    glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, format, width, height);
}

void attach(GLenum place, const GlRenderbuffer& buffer) {
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, place, GL_RENDERBUFFER, buffer.name());
}

void set_filter(GLint filter) {
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

}  // namespace

void Target::resize(int width, int height, int samples) {
    if (width == width_ && height == height_ && samples == samples_) return;
    samples_ = -1;  // until all below has worked
    glBindTexture(GL_TEXTURE_2D, texture_.name());
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    set_filter(GL_LINEAR);
    glBindFramebuffer(GL_FRAMEBUFFER, plain_.name());
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_.name(), 0);
    if (samples > 0) {
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, 0);
        must_be_complete("picture", width, height);
        glBindFramebuffer(GL_FRAMEBUFFER, sampled_.name());
        store(colour_, GL_RGBA8, samples, width, height);
        attach(GL_COLOR_ATTACHMENT0, colour_);
    } else {
        store(colour_, GL_RGBA8, 0, 1, 1);  // gives the samples' memory back
    }
    store(depth_, GL_DEPTH_COMPONENT24, samples, width, height);
    attach(GL_DEPTH_ATTACHMENT, depth_);
    must_be_complete("picture", width, height);
    width_ = width;
    height_ = height;
    samples_ = samples;
}

void Target::bind() const {
    glBindFramebuffer(GL_FRAMEBUFFER, samples_ > 0 ? sampled_.name() : plain_.name());
    glViewport(0, 0, width_, height_);
}

void Target::resolve() const {
    if (samples_ <= 0) return;
    glBindFramebuffer(GL_READ_FRAMEBUFFER, sampled_.name());
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, plain_.name());
    glBlitFramebuffer(0, 0, width_, height_, 0, 0, width_, height_, GL_COLOR_BUFFER_BIT, GL_NEAREST);
}

Picture Target::read() const {
    Picture picture;
    picture.width = width_;
    picture.height = height_;
    const size_t row = size_t{4} * static_cast<size_t>(picture.width);
    picture.rgba.resize(row * static_cast<size_t>(picture.height));
    GLint before = 0;
    glGetIntegerv(GL_READ_FRAMEBUFFER_BINDING, &before);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, plain_.name());
    glReadPixels(0, 0, picture.width, picture.height, GL_RGBA, GL_UNSIGNED_BYTE, picture.rgba.data());
    glBindFramebuffer(GL_READ_FRAMEBUFFER, static_cast<GLuint>(before));
    // OpenGL's first row is the lowest.
    for (size_t top = 0, low = static_cast<size_t>(picture.height) - 1; top < low; ++top, --low)
        std::swap_ranges(picture.rgba.begin() + static_cast<std::ptrdiff_t>(top * row),
                         picture.rgba.begin() + static_cast<std::ptrdiff_t>((top + 1) * row),
                         picture.rgba.begin() + static_cast<std::ptrdiff_t>(low * row));
    return picture;
}

void ShadowMap::resize(int texels) {
    if (texels == texels_) return;
    texels_ = 0;
    glBindTexture(GL_TEXTURE_2D, texture_.name());
    glTexImage2D(GL_TEXTURE_2D, 0, GL_DEPTH_COMPONENT24, texels, texels, 0, GL_DEPTH_COMPONENT,
                 GL_UNSIGNED_INT, nullptr);
    set_filter(GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_COMPARE_MODE, GL_COMPARE_REF_TO_TEXTURE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_COMPARE_FUNC, GL_LEQUAL);
    glBindFramebuffer(GL_FRAMEBUFFER, frame_.name());
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, texture_.name(), 0);
    const GLenum none = GL_NONE;
    glDrawBuffers(1, &none);
    glReadBuffer(GL_NONE);
    must_be_complete("shadow map", texels, texels);
    texels_ = texels;
}

void ShadowMap::bind() const {
    glBindFramebuffer(GL_FRAMEBUFFER, frame_.name());
    glViewport(0, 0, texels_, texels_);
}

}  // namespace plumb
