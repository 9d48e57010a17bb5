// One triangle over the whole picture at the far end; the way of sight comes from the picture's corners.
uniform mat4 clip_to_way;
out vec3 v_way;

void main() {
    vec2 at = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
    gl_Position = vec4(at, 1.0, 1.0);
    v_way = (clip_to_way * vec4(at, 0.0, 1.0)).xyz;
}
