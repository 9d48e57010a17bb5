#version 330 core
in vec2 at;
uniform vec3 top;
uniform vec3 bottom;
out vec4 pixel;
void main() { pixel = vec4(mix(bottom, top, smoothstep(0.2, 0.9, at.y)), 1.0); }
