// Studio sky: the lower colour at the horizon and below, the upper colour higher up.
in vec3 v_way;
uniform vec3 top_colour;
uniform vec3 bottom_colour;
out vec4 pixel;

void main() {
    float up = normalize(v_way).z;
    pixel = vec4(mix(bottom_colour, top_colour, smoothstep(0.0, 0.35, up)), 1.0);
}
