// Escapes by a list of what is harmless where that is short, else of what is not.
#include "render/report/html_text.h"

#include <cstdint>

#include "render/report/pdf_text.h"
#include "sim/base/text.h"

namespace plumb {

std::string html_text(std::string_view text) {
    std::string result;
    for (const char c : shown_text(text)) {
        switch (c) {
        case '\n': result += ' '; break;
        case '&': result += "&amp;"; break;
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        case '"': result += "&quot;"; break;
        case '\'': result += "&#39;"; break;
        default: result += c;
        }
    }
    // UTF-8, but not allowed in XML nor in HTML: U+FFFE and U+FFFF.
    for (const std::string_view nothing : {"\xef\xbf\xbe", "\xef\xbf\xbf"})
        for (std::size_t at = result.find(nothing); at != std::string::npos; at = result.find(nothing, at))
            result.replace(at, nothing.size(), "\xef\xbf\xbd");
    return result;
}

std::string css_string(std::string_view text) {
    constexpr std::string_view k_digits = "0123456789abcdef";
    std::string result = "\"";
    for (const char c : printable(text)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x80 || c == ' ' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
                           || (c >= 'a' && c <= 'z');
        if (plain)
            result += c;
        else
            result.append("\\").append(1, k_digits[byte >> 4]).append(1, k_digits[byte & 15]).append(" ");
    }
    return result + "\"";
}

std::string base64_of(std::string_view bytes) {
    constexpr std::string_view k_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    result.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = i; k < i + 3; ++k)
            three = three << 8 | (k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0u);
        const std::size_t letters = bytes.size() - i + 1;  // of four; the rest is padding
        for (std::size_t k = 0; k < 4; ++k)
            result += k < letters ? k_letters[three >> (18 - 6 * k) & 63u] : '=';
    }
    return result;
}

}  // namespace plumb
