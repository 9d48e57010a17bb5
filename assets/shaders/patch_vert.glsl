// Outlines on the floor. across_px: distance from an edge's middle line; half_px: half its width; fills have half_px > 1e3.
layout(location = 0) in vec3 place_m;
layout(location = 1) in vec4 colour;
layout(location = 2) in vec2 across_half_px;
uniform mat4 world_to_clip;
out vec4 v_colour;
out vec2 v_across_half_px;

void main() {
    gl_Position = world_to_clip * vec4(place_m, 1.0);
    v_colour = colour;
    v_across_half_px = across_half_px;
}
