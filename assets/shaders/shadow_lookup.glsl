// How much of the sun reaches a place: 0 in shadow, 1 in the light. Put in front of the shaders that need it.
// SOFT_SHADOW: a disc of taps of radius `soft_texels`; else four taps, two texels wide.
uniform highp sampler2DShadow shadow_map;
uniform float shadow_texel;  // of the map's width
#ifdef SOFT_SHADOW
uniform float soft_texels;
#endif

float sunlight(vec3 at) {
#ifdef SOFT_SHADOW
    // A sunflower's disc: even without noise, so that still pictures stay still. Most places are all in light or all in
    // shadow: the outer taps, which come first, tell so.
    float radius = soft_texels * shadow_texel, sum = 0.0;
    for (int i = 0; i < 5; ++i) {
        float along = sqrt((19.5 - float(i)) / 20.0), turn = 2.399963 * float(i);
        sum += texture(shadow_map, vec3(at.xy + radius * along * vec2(cos(turn), sin(turn)), at.z));
    }
    // A loop without turns, not a branch: software drawing does both sides of a branch.
    float taps = sum > 0.0 && sum < 5.0 ? 20.0 : 5.0;
    vec2 way = radius * vec2(cos(2.399963 * 5.0), sin(2.399963 * 5.0));
    const mat2 turned = mat2(cos(2.399963), sin(2.399963), -sin(2.399963), cos(2.399963));
    for (float i = 5.0; i < taps; ++i) {
        sum += texture(shadow_map, vec3(at.xy + sqrt((19.5 - i) / 20.0) * way, at.z));
        way = turned * way;
    }
    return sum / taps;
#else
    vec2 step = vec2(0.75 * shadow_texel, -0.75 * shadow_texel);
    return 0.25 * (texture(shadow_map, vec3(at.xy + step.xx, at.z)) + texture(shadow_map, vec3(at.xy + step.xy, at.z)) +
                   texture(shadow_map, vec3(at.xy + step.yx, at.z)) + texture(shadow_map, vec3(at.xy + step.yy, at.z)));
#endif
}
