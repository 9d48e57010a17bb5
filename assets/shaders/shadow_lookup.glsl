// How much of the sun reaches a place: 0 in shadow, 1 in the light. Put in front of the shaders that need it.
// SOFT_SHADOW: a disc of taps of radius `soft_texels`; else four taps, two texels wide.
uniform highp sampler2DShadow shadow_map;
uniform float shadow_texel;  // of the map's width
#ifdef SOFT_SHADOW
uniform float soft_texels;
#endif

float sunlight(vec3 at) {
#ifdef SOFT_SHADOW
    // A sunflower's disc: even without noise, so that still pictures stay still.
    float radius = soft_texels * shadow_texel, sum = 0.0;
    for (int i = 0; i < 20; ++i) {
        float along = sqrt((float(i) + 0.5) / 20.0), turn = 2.399963 * float(i);
        sum += texture(shadow_map, vec3(at.xy + radius * along * vec2(cos(turn), sin(turn)), at.z));
    }
    return sum / 20.0;
#else
    vec2 step = vec2(0.75 * shadow_texel, -0.75 * shadow_texel);
    return 0.25 * (texture(shadow_map, vec3(at.xy + step.xx, at.z)) + texture(shadow_map, vec3(at.xy + step.xy, at.z)) +
                   texture(shadow_map, vec3(at.xy + step.yx, at.z)) + texture(shadow_map, vec3(at.xy + step.yy, at.z)));
#endif
}
