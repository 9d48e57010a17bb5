// Studio floor: a grid that fades with distance into the sky's lower colour.
// SHADED: near the solid things, where shadow and contact shade can fall; elsewhere neither is looked up.
in vec2 v_place_m;
in vec3 v_shadow;
in vec2 v_contact;
uniform vec3 floor_colour;
uniform vec3 line_colour;
uniform vec3 far_colour;
uniform vec3 fade;  // centre x, y and radius [m]
uniform float line_every_m;
#ifdef SHADED
uniform sampler2D contact_shade;
uniform vec2 shade_strength;  // of shadow and of contact shade
uniform vec3 open_side;       // no shadow where x, y are beyond this line: a wall stops it
#endif
out vec4 pixel;

void main() {
    float far = smoothstep(0.12, 1.0, length(v_place_m - fade.xy) / fade.z);
    // Each line about 1.2 px wide; gone before lines are so dense that they would flicker.
    vec2 cells = v_place_m / line_every_m, cells_per_px = fwidth(cells);
    vec2 off_px = abs(fract(cells - 0.5) - 0.5) / cells_per_px;
    vec2 line = clamp(1.1 - off_px, 0.0, 1.0) * (1.0 - smoothstep(0.06, 0.35, cells_per_px));
    vec3 colour = mix(floor_colour, line_colour, max(line.x, line.y) * (1.0 - far));
#ifdef SHADED
    float open = step(open_side.z, dot(open_side.xy, v_place_m));
    float shadow = open * (1.0 - sunlight(v_shadow)), contact = texture(contact_shade, v_contact).r;
    colour *= (1.0 - shade_strength.x * shadow) * (1.0 - shade_strength.y * contact);
#endif
    pixel = vec4(mix(colour, far_colour, far), 1.0);
}
