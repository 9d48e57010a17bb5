#version 330 core
layout(location = 0) in vec3 place;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec3 colour;
layout(location = 3) in float occlusion;
uniform mat4 to_clip;
uniform mat4 to_light;
out vec3 world;
out vec3 facing;
out vec3 tint;
out float open_sky;
out vec4 in_light;
void main() {
    world = place;
    facing = normal;
    tint = colour;
    open_sky = occlusion;
    in_light = to_light * vec4(place + 0.01 * normal, 1.0);
    gl_Position = to_clip * vec4(place, 1.0);
}
