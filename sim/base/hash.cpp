// SHA-256 through OpenSSL.
#include "sim/base/hash.h"

#include <array>

#include <openssl/evp.h>

#include "sim/base/check.h"

namespace plumb {

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    const int done = EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
    PLUMB_CHECK(done == 1 && length == 32, "SHA-256 failed");

    constexpr std::string_view k_digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        text += k_digits[digest[i] >> 4];
        text += k_digits[digest[i] & 15];
    }
    return text;
}

}  // namespace plumb
