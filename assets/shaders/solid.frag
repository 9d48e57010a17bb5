in vec3 world;
in vec3 facing;
in vec3 tint;
in float open_sky;
in vec4 in_light;
uniform float alpha;
uniform vec3 wash;        // ghosts are drawn towards this colour
uniform float wash_share;
out vec4 pixel;
void main() {
    vec3 n = normalize(facing);
    vec3 to_eye = normalize(eye - world);
    vec3 base = linear(mix(tint, wash, wash_share));
    float direct = max(dot(n, lamp), 0.0) * lit(in_light);
    vec3 ambient = mix(linear(ground) * 0.55, linear(sky), 0.5 + 0.5 * n.z) * (0.35 + 0.65 * open_sky);
    vec3 half_way = normalize(lamp + to_eye);
    float gloss = 0.06 * pow(max(dot(n, half_way), 0.0), 24.0) * direct;
    float rim = 0.06 * pow(1.0 - max(dot(n, to_eye), 0.0), 3.0);
    vec3 c = base * (0.62 * ambient + 0.78 * direct * vec3(1.0, 0.98, 0.95)) + gloss + rim * linear(sky);
    pixel = vec4(shown(c), alpha);
}
