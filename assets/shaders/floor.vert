#version 330 core
layout(location = 0) in vec3 place;
uniform mat4 to_clip;
uniform mat4 to_light;
out vec3 world;
out vec4 in_light;
void main() {
    world = place;
    in_light = to_light * vec4(place, 1.0);
    gl_Position = to_clip * vec4(place, 1.0);
}
