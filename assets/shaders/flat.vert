#version 330 core
layout(location = 0) in vec3 place;
layout(location = 1) in vec4 colour;
uniform mat4 to_clip;
out vec4 tint;
void main() {
    tint = colour;
    gl_Position = to_clip * vec4(place, 1.0);
}
