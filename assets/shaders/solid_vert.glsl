// Corners of solid things: place, light's place in the shadow map, colour made linear (square for gamma 2).
layout(location = 0) in vec3 place_m;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec3 colour;
layout(location = 3) in float occlusion;
uniform mat4 world_to_clip;
uniform mat4 world_to_shadow;
uniform float shadow_lift_m;  // with the width of the blur
uniform vec3 sun;
uniform vec4 tint;  // rgb and its share
out vec3 v_place_m;
out vec3 v_normal;
out vec3 v_colour;
out float v_occlusion;
out vec3 v_shadow;

void main() {
    gl_Position = world_to_clip * vec4(place_m, 1.0);
    v_place_m = place_m;
    v_normal = normal;
    vec3 tinted = mix(colour, tint.rgb, tint.a);
    v_colour = tinted * tinted;
    v_occlusion = occlusion;
    // Looked up a little off the surface, most where the sun grazes it: else it would shade itself in stripes.
    float grazing = sqrt(clamp(1.0 - dot(normal, sun) * dot(normal, sun), 0.0, 1.0));
    vec3 lifted_m = place_m + normal * (shadow_lift_m * (0.4 + 1.6 * grazing)) + sun * (shadow_lift_m * 0.4);
    v_shadow = (world_to_shadow * vec4(lifted_m, 1.0)).xyz;
}
