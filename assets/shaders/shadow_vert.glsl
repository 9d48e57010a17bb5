// Solid things as the sun sees them: depth alone.
layout(location = 0) in vec3 place_m;
uniform mat4 world_to_clip;

void main() { gl_Position = world_to_clip * vec4(place_m, 1.0); }
