// A film from pictures: MP4 or GIF through ffmpeg, else numbered PNGs.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>

namespace plumb {

class FilmWriter {
  public:
    /// `path` ends in .mp4 or .gif; sizes are made even. Without ffmpeg on PATH a folder PATH.frames/ gets numbered PNGs.
    /// Throws std::runtime_error with one line when nothing can be written there.
    FilmWriter(const std::string& path, int width, int height, int per_second);
    ~FilmWriter();
    FilmWriter(const FilmWriter&) = delete;
    FilmWriter& operator=(const FilmWriter&) = delete;

    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }
    /// RGBA rows of width() x height(), top row first. False when it cannot be written.
    [[nodiscard]] bool add(const std::uint8_t* rgba);
    /// Ends the film: where it lies, or what went wrong in one line.
    struct End {
        bool good = false;
        std::string text;
    };
    [[nodiscard]] End finish();

  private:
    std::string path_, part_;
    int width_, height_, count_ = 0;
    std::FILE* pipe_ = nullptr;
};

}  // namespace plumb
