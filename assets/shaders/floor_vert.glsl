// The floor's plane, z = 0.
layout(location = 0) in vec2 place_m;
uniform mat4 world_to_clip;
uniform mat4 world_to_shadow;
uniform float shadow_lift_m;
uniform vec3 sun;
uniform vec3 contact_box_m;  // corner x, y and side of the contact shade
out vec2 v_place_m;
out vec3 v_shadow;
out vec2 v_contact;

void main() {
    gl_Position = world_to_clip * vec4(place_m, 0.0, 1.0);
    v_place_m = place_m;
    v_shadow = (world_to_shadow * vec4(vec3(place_m, 0.0) + sun * (shadow_lift_m * 0.6), 1.0)).xyz;
    v_contact = (place_m - contact_box_m.xy) / contact_box_m.z;
}
