# embed_texts(OUTPUT HEADER-NAMESPACE FILES...): a header with each file's text as a constant, made again when one changes.
# "assets/shaders/solid.vert" becomes plumb::k_text_solid_vert.
function(embed_texts output)
    set(text "// Made by cmake/embed.cmake from assets/.\n#pragma once\n\nnamespace plumb {\n")
    foreach(file IN LISTS ARGN)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
        get_filename_component(name "${file}" NAME)
        string(REPLACE "." "_" name "${name}")
        file(READ "${file}" content)
        string(APPEND text "inline constexpr const char* k_text_${name} = R\"___(${content})___\";\n")
    endforeach()
    string(APPEND text "}  // namespace plumb\n")
    file(GENERATE OUTPUT "${output}" CONTENT "${text}")
endfunction()
