// Skin, cloth, iron and walls: one sun with shadow, light from sky and floor, a little from the viewer, a dull shine.
in vec3 v_place_m;
in vec3 v_normal;
in vec3 v_colour;
in float v_occlusion;
in vec3 v_shadow;
uniform vec3 sun;
uniform vec3 eye_m;
uniform float opacity;
out vec4 pixel;

void main() {
    vec3 n = normalize(v_normal), to_eye = normalize(eye_m - v_place_m);
    float lit = dot(n, sun) > 0.0 ? sunlight(v_shadow) : 0.0;
    // Slightly wrapped: the border of light and dark is soft on round limbs.
    float facing = clamp((dot(n, sun) + 0.08) / 1.08, 0.0, 1.0);
    float facing_eye = clamp(dot(n, to_eye), 0.0, 1.0);
    float open = 0.30 + 0.70 * v_occlusion;

    vec3 from_sky = vec3(0.50, 0.53, 0.58), from_floor = vec3(0.32, 0.31, 0.30);
    vec3 light = mix(from_floor, from_sky, 0.5 + 0.5 * n.z) * (open * v_occlusion);
    light += vec3(0.80, 0.76, 0.70) * (facing * lit * (0.7 + 0.3 * v_occlusion));
    light += 0.14 * facing_eye * open;

    float shine = clamp(dot(n, normalize(sun + to_eye)), 0.0, 1.0);
    shine *= shine;
    shine *= shine;
    shine *= shine;
    shine *= shine * shine;  // to the 24th
    float rim = 1.0 - facing_eye;
    rim *= rim * rim;
    vec3 linear = v_colour * light + 0.06 * shine * lit + 0.05 * rim * v_occlusion * (0.5 + 0.5 * n.z);
    pixel = vec4(sqrt(clamp(linear, 0.0, 1.0)), opacity);
}
