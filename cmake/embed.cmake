# Writes shader files into one C++ source, so that the program needs no path when it runs.
# In: OUT (the .cpp), FILES (paths, separated by |). Run by the build whenever a shader changes.
cmake_minimum_required(VERSION 3.25)

string(REPLACE "|" ";" files "${FILES}")
set(rows "")
foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME_WE)
    file(READ "${file}" text)
    if(text MATCHES "\\)glsl\"")
        message(FATAL_ERROR "embed: ${file} holds the mark that ends it")
    endif()
    string(APPEND rows "    if (name == \"${name}\") return R\"glsl(${text})glsl\";\n")
endforeach()
file(WRITE "${OUT}"
"// Written by cmake/embed.cmake from assets/shaders: change those.
#include \"render/gl/program.h\"

#include <stdexcept>
#include <string>

namespace plumb {

std::string_view shader_text(std::string_view name) {
${rows}    throw std::runtime_error(\"no shader is called '\" + std::string(name) + \"'\");
}

}  // namespace plumb
")
