# The fuzz targets: one libFuzzer program for every reader, and the program that writes their first inputs.
# ./plumb fuzz builds and runs them.
if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "the fuzz targets need clang: cmake --preset fuzz")
endif()

foreach(reader scenario_toml study population set recording)
    add_executable(fuzz_${reader} "tests/fuzz/fuzz_${reader}.cpp")
    target_link_libraries(fuzz_${reader} PRIVATE plumb_flags plumb_sim nlohmann_json::nlohmann_json)
    target_link_options(fuzz_${reader} PRIVATE -fsanitize=fuzzer)
endforeach()
add_executable(fuzz_seeds tests/fuzz/fuzz_seeds.cpp)
target_link_libraries(fuzz_seeds PRIVATE plumb_flags plumb_sim nlohmann_json::nlohmann_json)
add_custom_target(fuzz DEPENDS fuzz_scenario_toml fuzz_study fuzz_population fuzz_set fuzz_recording fuzz_seeds)
