// Finds id="...", then every "#..." that points to one.
#include "render/report/svg_ids.h"

#include <map>

#include "sim/base/hash.h"

namespace plumb {
namespace {

constexpr std::string_view k_id = " id=\"";
constexpr std::size_t k_mark_letters = 8;

/// Every id's new number, in order of appearance.
std::map<std::string_view, std::size_t> ids_of(std::string_view svg) {
    std::map<std::string_view, std::size_t> ids;
    for (std::size_t at = svg.find(k_id); at != std::string_view::npos; at = svg.find(k_id, at + 1)) {
        const std::size_t start = at + k_id.size();
        ids.emplace(svg.substr(start, svg.find('"', start) - start), ids.size());
    }
    return ids;
}

std::string renamed(std::string_view svg, const std::map<std::string_view, std::size_t>& ids,
                    const std::string& mark) {
    std::string result;
    result.reserve(svg.size());
    std::size_t done = 0;
    for (std::size_t at = 0; at < svg.size(); ++at) {
        std::size_t start = 0;
        if (svg.substr(at).starts_with(k_id))
            start = at + k_id.size();
        else if (svg[at] == '#')
            start = at + 1;
        else
            continue;
        const std::size_t end = svg.find_first_of("\")", start);
        if (end == std::string_view::npos) break;
        const auto id = ids.find(svg.substr(start, end - start));
        if (id == ids.end()) continue;
        result.append(svg.substr(done, start - done)).append(mark).append(std::to_string(id->second));
        done = end;
        at = end - 1;
    }
    return result.append(svg.substr(done));
}

}  // namespace

std::string with_own_ids(std::string_view svg) {
    const auto ids = ids_of(svg);
    const std::string plain = renamed(svg, ids, "p");
    return renamed(svg, ids, "p" + sha256_hex(plain).substr(0, k_mark_letters) + "-");
}

}  // namespace plumb
