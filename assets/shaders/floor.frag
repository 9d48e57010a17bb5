in vec3 world;
in vec4 in_light;
uniform vec3 colour;
uniform vec3 line_colour;
uniform vec3 contact;     // centre of what stands there and its size
out vec4 pixel;
float grid(vec2 p, float cell, float width) {
    vec2 near = abs(fract(p / cell - 0.5) - 0.5) * cell;
    vec2 wide = fwidth(p) * width;
    vec2 on = 1.0 - smoothstep(wide * 0.5, wide * 1.5, near);
    float fine = clamp(cell / (6.0 * max(wide.x, wide.y)), 0.0, 1.0);
    return max(on.x, on.y) * fine;
}
void main() {
    float far = length(world.xy);
    float fade = 1.0 - smoothstep(2.2, 7.0, far);
    vec3 c = mix(colour, line_colour, grid(world.xy, 0.5, 1.0) * 0.9);
    float shade = 1.0 - 0.34 * (1.0 - lit(in_light));
    vec2 d = (world.xy - contact.xy) / contact.z;
    shade *= 1.0 - 0.22 * exp(-dot(d, d) * 2.2);
    pixel = vec4(c * shade, fade);
}
