// Raw frames into ffmpeg's standard input.
#include "render/report/film.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "render/report/cairo_painter.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;

bool is_on_path(const char* program) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "");
    std::error_code ignored;
    for (std::string folder; std::getline(folders, folder, ':');)
        if (fs::exists(fs::path(folder) / program, ignored)) return true;
    return false;
}

/// As one word of the shell.
std::string shell_word(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

}  // namespace

FilmWriter::FilmWriter(const std::string& path, int width, int height, int per_second)
    : path_(path), width_(std::max(2, width / 2 * 2)), height_(std::max(2, height / 2 * 2)) {
    const std::string end = fs::path(path).extension().string();
    if (end != ".mp4" && end != ".gif") throw std::runtime_error(path + ": a film ends in .mp4 or .gif");
    if (!is_on_path("ffmpeg")) {
        part_ = path_ + ".frames";
        std::error_code error;
        fs::create_directories(part_, error);
        if (error) throw std::runtime_error(part_ + ": cannot be made: " + error.message());
        return;
    }
    part_ = path_ + ".part" + end;
    if (!std::ofstream(part_, std::ios::binary)) throw std::runtime_error(path + ": cannot be written");
    const std::string look = end == ".mp4"
                                 ? "-c:v libx264 -pix_fmt yuv420p -movflags +faststart"
                                 : "-filter_complex '[0:v]split[a][b];[a]palettegen[p];[b][p]paletteuse'";
    const std::string command = "ffmpeg -loglevel error -y -f rawvideo -pix_fmt rgb24 -s "
                                + std::to_string(width_) + "x" + std::to_string(height_) + " -r "
                                + std::to_string(per_second) + " -i - " + look + " " + shell_word(part_);
    std::signal(SIGPIPE, SIG_IGN);  // an ffmpeg that dies is a failed film, not our end
    pipe_ = popen(command.c_str(), "w");
    if (pipe_ == nullptr) throw std::runtime_error("ffmpeg does not start");
}

FilmWriter::~FilmWriter() {
    if (pipe_ != nullptr) pclose(pipe_);
    std::error_code ignored;
    if (!part_.empty() && part_ != path_ + ".frames") fs::remove(part_, ignored);
}

bool FilmWriter::add(const std::uint8_t* rgba) {
    ++count_;
    if (pipe_ == nullptr) {
        std::string number = std::to_string(count_);
        number.insert(0, number.size() < 5 ? 5 - number.size() : 0, '0');
        std::ofstream out(fs::path(part_) / (number + ".png"), std::ios::binary);
        out << png_bytes(rgba, width_, height_);
        return static_cast<bool>(out);
    }
    std::vector<std::uint8_t> rgb(static_cast<size_t>(width_) * static_cast<size_t>(height_) * 3);
    for (size_t i = 0; i < rgb.size() / 3; ++i)
        for (size_t c = 0; c < 3; ++c) rgb[3 * i + c] = rgba[4 * i + c];
    return std::fwrite(rgb.data(), 1, rgb.size(), pipe_) == rgb.size();
}

FilmWriter::End FilmWriter::finish() {
    if (pipe_ == nullptr)
        return {true, "no ffmpeg here: " + std::to_string(count_) + " pictures in " + part_};
    const int status = pclose(pipe_);
    pipe_ = nullptr;
    if (status != 0) return {false, path_ + ": ffmpeg ended with status " + std::to_string(status)};
    std::error_code error;
    fs::rename(part_, path_, error);
    if (error) return {false, path_ + ": cannot be written: " + error.message()};
    part_.clear();
    return {true, path_ + ": " + std::to_string(count_) + " frames"};
}

}  // namespace plumb
