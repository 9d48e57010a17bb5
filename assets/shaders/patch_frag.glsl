// Colour with a rim half a pixel soft, so that edges are smooth without multisampling too.
in vec4 v_colour;
in vec2 v_across_half_px;
out vec4 pixel;

void main() {
    float cover = clamp(v_across_half_px.y + 0.5 - abs(v_across_half_px.x), 0.0, 1.0);
    pixel = vec4(v_colour.rgb, v_colour.a * cover);
}
