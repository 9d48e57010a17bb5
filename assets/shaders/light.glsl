// One lamp with a shadow map and a sky above a floor; everything in linear light, written as sRGB.
uniform vec3 lamp;        // towards it, unit
uniform vec3 eye;
uniform sampler2DShadow shadow;
uniform float shadow_texel;
uniform int soft;         // taps to each side
uniform vec3 sky;
uniform vec3 ground;
vec3 linear(vec3 c) { return pow(c, vec3(2.2)); }
vec3 shown(vec3 c) { return pow(clamp(c, 0.0, 1.0), vec3(1.0 / 2.2)); }
float lit(vec4 at) {
    vec3 p = at.xyz / at.w * 0.5 + 0.5;
    if (any(lessThan(p, vec3(0.0))) || any(greaterThan(p, vec3(1.0)))) return 1.0;
    float sum = 0.0;
    float n = 0.0;
    for (int i = -soft; i <= soft; ++i)
        for (int j = -soft; j <= soft; ++j) {
            sum += texture(shadow, vec3(p.xy + shadow_texel * 1.3 * vec2(i, j), p.z - 0.0015));
            n += 1.0;
        }
    return sum / n;
}
