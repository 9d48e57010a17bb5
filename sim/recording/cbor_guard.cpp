// One walk over the heads of all items.
#include "sim/recording/cbor_guard.h"

#include <cstdint>
#include <set>
#include <vector>

#include "sim/base/text.h"

namespace plumb {
namespace {

constexpr std::size_t k_deepest = 4;
constexpr int k_most_items = 1000;

/// Major types of RFC 8949, 3.1.
enum Major : unsigned {
    major_unsigned,
    major_negative,
    major_bytes,
    major_text,
    major_array,
    major_map,
    major_tag
};

/// The head of an item: its major type, and its length, count or value.
struct Head {
    unsigned major = 0;
    unsigned info = 0;  ///< how the argument was given: below 24 itself, 24 to 27 in 1, 2, 4, 8 bytes
    std::uint64_t argument = 0;
};

/// A map or array whose items are still to come.
struct Open {
    bool is_map = false;
    std::uint64_t left = 0;  ///< items; in a map keys and values
    std::set<std::string_view> keys{};
    [[nodiscard]] bool at_key() const { return is_map && left % 2 == 0; }
};

class Walk {
  public:
    explicit Walk(std::string_view bytes) : bytes_(bytes) {}

    std::optional<CborHazard> find() {
        for (int items = 0; problem_.empty() && (items == 0 || !open_.empty()); ++items) {
            start_ = at_;
            if (items == k_most_items)
                problem_ = "more than " + std::to_string(k_most_items) + " items";
            else
                take_item();
        }
        if (problem_.empty() && at_ != bytes_.size()) {
            start_ = at_;
            problem_ = "something after the end";
        }
        if (problem_.empty()) return std::nullopt;
        return CborHazard{start_, problem_};
    }

  private:
    bool take_head(Head& head) {
        if (at_ == bytes_.size()) return fail("the file ends here, incomplete");
        const unsigned first = static_cast<unsigned char>(bytes_[at_++]);
        head = {first >> 5u, first & 31u, first & 31u};
        if (head.info < 24) return true;
        if (head.info > 27) return fail(head.info == 31 ? "an item without a length" : "no CBOR");
        const std::size_t size = std::size_t{1} << (head.info - 24);
        if (bytes_.size() - at_ < size) return fail("the file ends here, incomplete");
        head.argument = 0;
        for (std::size_t i = 0; i < size; ++i)
            head.argument = head.argument << 8 | static_cast<unsigned char>(bytes_[at_++]);
        return true;
    }

    void take_item() {
        Head head;
        if (!take_head(head)) return;
        const bool is_key = !open_.empty() && open_.back().at_key();
        if (!open_.empty()) --open_.back().left;
        if (is_key && head.major != major_text) return (void)fail("a key that is no text");
        switch (head.major) {
        case major_unsigned:
        case major_negative: break;
        case major_bytes:
        case major_text: take_string(head.argument, is_key); break;
        case major_array: open({false, head.argument, {}}); break;
        case major_map:
            if (head.argument > k_most_items) return (void)fail("a map of too many items");
            open({true, 2 * head.argument, {}});
            break;
        case major_tag: fail("a tag"); break;
        default:
            // false, true, null; half, single, double.
            if (head.info < 20 || head.info == 23 || head.info == 24) fail("a value without a meaning here");
        }
        while (!open_.empty() && open_.back().left == 0) open_.pop_back();
    }

    void take_string(std::uint64_t length, bool is_key) {
        if (length > bytes_.size() - at_) return (void)fail("longer than the file");
        const std::string_view text = bytes_.substr(at_, static_cast<std::size_t>(length));
        at_ += text.size();
        // The count of items left was taken down already: the map is still open, for its value comes next.
        if (is_key && !open_.back().keys.insert(text).second) fail("the key " + in_quotes(text) + " twice");
    }

    void open(Open container) {
        if (open_.size() == k_deepest) return (void)fail("nested too deeply for a recording");
        open_.push_back(std::move(container));
    }

    bool fail(std::string what) {
        if (problem_.empty()) problem_ = std::move(what);
        return false;
    }

    std::string_view bytes_;
    std::size_t at_ = 0, start_ = 0;
    std::vector<Open> open_;
    std::string problem_;
};

}  // namespace

std::optional<CborHazard> find_cbor_hazard(std::string_view bytes) { return Walk(bytes).find(); }

}  // namespace plumb
