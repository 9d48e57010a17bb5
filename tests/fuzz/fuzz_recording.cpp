// Any bytes as a saved recording: refused, or a recording that can be judged and survives being written and read.
// A plan takes long to make, so only the decoder runs, and the plan of the seeds stands in where it is the right one.
#include <cstring>
#include <random>

#include "sim/balance/assessment.h"
#include "sim/recording/cbor_guard.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/scenario_toml.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/staged.h"

using namespace plumb;
using namespace plumb::fuzz;
using test::Tree;

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

using Random = std::minstd_rand;

std::size_t pick(Random& random, std::size_t count) { return count == 0 ? 0 : random() % count; }

/// A random entry of a map; end() of an empty one.
Tree::iterator entry_of(Tree& map, Random& random) {
    return std::next(map.begin(), static_cast<std::ptrdiff_t>(pick(random, map.size())));
}

/// libFuzzer's own mutations, of a part.
template <class Bytes>
void mutate_bytes(Bytes& bytes) {
    const std::size_t size = bytes.size();
    bytes.resize(size + 16);
    bytes.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(bytes.data()), size, bytes.size()));
}

Tree odd_value(Random& random) {
    const Tree values[] = {nullptr,
                           true,
                           0,
                           -1,
                           1,
                           2,
                           0.5,
                           std::numeric_limits<std::uint64_t>::max(),
                           NAN,
                           INFINITY,
                           "",
                           "stand",
                           Tree::array(),
                           Tree::object(),
                           Tree::binary({1, 2, 3})};
    return values[pick(random, std::size(values))];
}

double odd_number(Random& random) {
    const double values[] = {0.0, -0.0,  1.0,   4.0,    5.0, 0.5,      -1.0,
                             1e6, 1.1e6, 1e308, 5e-324, NAN, INFINITY, -INFINITY};
    return values[pick(random, std::size(values))];
}

/// One number of one column: an odd one, or another by a few bits.
void mutate_number(Tree& column, Random& random) {
    auto& bytes = column.get_binary();
    if (bytes.size() < 8) return;
    const std::size_t at = 8 * pick(random, bytes.size() / 8);
    if (random() % 2 == 0) {
        const double value = odd_number(random);
        std::memcpy(bytes.data() + at, &value, 8);
    } else {
        bytes[at + pick(random, 8)] ^= static_cast<std::uint8_t>(1u << pick(random, 8));
    }
}

/// Leaves the first frames only: still a valid recording.
void cut_frames(Tree& tree, Random& random) {
    if (!tree["frame_count"].is_number_unsigned() || !tree["frames"].is_object()) return;
    const auto count = tree["frame_count"].get<std::size_t>();
    if (count < 2 || count > k_most_frames) return;
    const std::size_t left = 1 + pick(random, count - 1);
    for (auto& column : tree["frames"])
        if (column.is_binary()) column.get_binary().resize(column.get_binary().size() / count * left);
    tree["frame_count"] = left;
}

/// One change of the structure or of a value in it.
void mutate_tree(Tree& tree, Random& random) {
    Tree* map = &tree;
    if (random() % 2 == 0)
        if (const auto inner = entry_of(tree, random); inner->is_object() && !inner->empty()) map = &*inner;
    if (tree.contains("frames") && tree["frames"].is_object() && !tree["frames"].empty() && random() % 2 == 0)
        map = &tree["frames"];
    const auto entry = entry_of(*map, random);
    switch (random() % 8) {
    case 0: map->erase(entry.key()); break;
    case 1: *entry = odd_value(random); break;
    case 2: (*map)[entry.key() + "x"] = *entry; break;
    case 3: cut_frames(tree, random); break;
    case 4:
        if (tree.contains("scenario") && tree["scenario"].is_string())
            mutate_bytes(tree["scenario"].get_ref<std::string&>());
        break;
    default:
        if (entry->is_string()) mutate_bytes(entry->get_ref<std::string&>());
        if (entry->is_number()) *entry = odd_number(random);
        if (entry->is_binary() && random() % 8 == 0) mutate_bytes(entry->get_binary());
        if (entry->is_binary()) mutate_number(*entry, random);
    }
}

/// Good recordings: what earlier changes broke must not hide what the next one finds.
const std::vector<Tree>& good_trees() {
    static const std::vector<Tree> k_trees = {
        staged_tree(test::k_short, 1), staged_tree(test::k_short, 6),
        staged_tree({.wall = {.distance_m = 0.4}, .heel_wedge = {.height_m = 0.03}}, 4)};
    return k_trees;
}

/// Hashes that are right again let a change reach the checks behind them.
void repair_hashes(Tree& tree, Random& random) {
    if (random() % 4 != 0 && tree.contains("frames") && tree["frames"].is_object()) test::rehash(tree);
    if (random() % 2 == 0 || !tree.contains("scenario") || !tree["scenario"].is_string()) return;
    try {
        tree["input_hash"] =
            input_hash(parse_scenario(tree["scenario"].get_ref<const std::string&>(), "fuzz"));
    } catch (const InputError&) {
    }
}

/// The seeds' own scenario, with its plan.
const Recording& planned() {
    static const Recording k_planned = [] {
        Recording recording;
        recording.scenario = resolve_scenario(test::k_short);
        recording.input_hash = input_hash(recording.scenario);
        recording.plan = plan_squat(build_person(recording.scenario.person), recording.scenario);
        return recording;
    }();
    return k_planned;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
    Random random(seed + 1);
    const std::string bytes(text_of(data, size));
    if (random() % 5 == 0 || find_cbor_hazard(bytes)) return LLVMFuzzerMutate(data, size, max_size);
    Tree tree = Tree::from_cbor(bytes, true, false);
    if (!tree.is_object() || tree.empty()) return LLVMFuzzerMutate(data, size, max_size);
    if (random() % 2 == 0) tree = good_trees()[pick(random, good_trees().size())];
    for (std::size_t changes = 1 + random() % 2; changes > 0 && !tree.empty(); --changes)
        mutate_tree(tree, random);
    repair_hashes(tree, random);
    const std::string changed = test::bytes_of(tree);
    if (changed.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
    std::memcpy(data, changed.data(), changed.size());
    return changed.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    SavedRecording saved;
    try {
        saved = decode_recording(text_of(data, size), "fuzz.cbor");
    } catch (const InputError& error) {
        check_complaint(error);
        return 0;
    }
    // What passed is a recording: it can be judged, and written and read again without a complaint.
    Recording& recording = saved.recording;
    if (recording.input_hash == planned().input_hash) {
        recording.plan = planned().plan;
        const Assessment assessment = assess_balance(recording);
        require(!summary_json(recording, assessment).empty(), "no summary");
    }
    const std::string written = recording_to_bytes(recording);
    const SavedRecording again = decode_recording(written, "again.cbor");
    require(again.recording.scenario == recording.scenario, "a scenario reads back otherwise");
    Recording read = again.recording;
    read.plan = recording.plan;
    require(recording_to_bytes(read) == written, "a recording reads back otherwise");
    return 0;
}
