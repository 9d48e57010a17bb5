// The door for saved recordings: every key, every number, every contradiction.
#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "sim/base/fields.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/recording/cbor_guard.h"
#include "sim/recording/frame_checks.h"
#include "sim/recording/frame_columns.h"
#include "sim/recording/frames_hash.h"
#include "sim/recording/recording_file.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/scenario_toml.h"

namespace plumb {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t k_longest_program = 100;
constexpr std::int64_t k_most_steps = 1'000'000'000;

std::string words_text(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
    return text;
}

class Decoder {
  public:
    explicit Decoder(const std::string& source) : source_(source) {}

    SavedRecording decode(std::string_view bytes) {
        const Json file = tree_of(bytes);
        read_head(file);
        read_engine(file["engine"]);
        read_plan_facts(file["plan"]);
        read_scenario(file["scenario"]);
        read_frames(file["frames"], count_of(file));
        check_frames();
        if (frames_hash_ != text(file["frames_hash"], "frames_hash"))
            refuse("frames_hash: the frames have changed since they were written");
        return std::move(saved_);
    }

  private:
    [[noreturn]] void refuse(const std::string& what) const {
        throw InputError(printable(source_, 300) + ": " + what);
    }
    [[noreturn]] void refuse(const std::string& place, const std::string& what) const {
        refuse(place + ": " + what);
    }

    Json tree_of(std::string_view bytes) const {
        if (bytes.size() > k_largest_recording_bytes)
            refuse("larger than the 64 MiB allowed for a recording");
        if (bytes.empty()) refuse("no recording: the file is empty");
        // Whatever is wrong, an unlike beginning says it best.
        const bool ours = looks_like_recording(bytes);
        if (const auto hazard = find_cbor_hazard(bytes))
            refuse(ours ? "byte " + std::to_string(hazard->offset)
                        : "no recording: byte " + std::to_string(hazard->offset),
                   hazard->what);
        Json tree = Json::from_cbor(bytes, true, false);
        const bool is_map = tree.is_object() && tree.contains("format") && tree["format"].is_string();
        if (!is_map || tree["format"].get_ref<const std::string&>() != k_recording_format)
            refuse("no recording: allowed a file with format = \"" + std::string(k_recording_format) + '"');
        return tree;
    }

    /// Exactly the named keys, in any order.
    void require_keys(const Json& map, const std::string& place,
                      const std::vector<std::string>& names) const {
        const std::string dot = place.empty() ? "" : place + ".";
        if (!map.is_object()) refuse(place, "allowed a map");
        for (const std::string& name : names)
            if (!map.contains(name))
                refuse(dot + name + " is missing (written by another version? run the scenario again)");
        for (const auto& [key, value] : map.items())
            if (std::ranges::find(names, key) == names.end())
                refuse("unknown key " + in_quotes(dot + key) + ": allowed " + words_text(names));
    }

    std::string text(const Json& value, const std::string& place) const {
        if (!value.is_string()) refuse(place, "allowed text");
        return value.get<std::string>();
    }
    std::string hash(const Json& value, const std::string& place) const {
        const std::string digits = text(value, place);
        if (digits.size() != 64 || digits.find_first_not_of("0123456789abcdef") != std::string::npos)
            refuse(place + " = " + in_quotes(digits), "allowed 64 lower-case hex digits");
        return digits;
    }
    std::int64_t whole(const Json& value, const std::string& place, std::int64_t least,
                       std::int64_t most) const {
        const bool fits =
            value.is_number_integer()
            && (!value.is_number_unsigned() || value.get<std::uint64_t>() <= std::uint64_t(most));
        if (!fits || value.get<std::int64_t>() < least || value.get<std::int64_t>() > most)
            refuse(place,
                   "allowed a whole number from " + std::to_string(least) + " to " + std::to_string(most));
        return value.get<std::int64_t>();
    }
    double number(const Json& value, const std::string& place, double least, double most) const {
        const double real = value.is_number() ? value.get<double>() : NAN;
        if (!(real >= least && real <= most))
            refuse(place, "allowed a number from " + value_text(least) + " to " + value_text(most));
        return real;
    }
    void require_words(const Json& value, const std::string& place,
                       const std::vector<std::string>& words) const {
        if (value != Json(words)) refuse(place, "allowed the list " + words_text(words));
    }

    void read_head(const Json& file) {
        if (file.contains("version")) whole_version(file["version"]);
        require_keys(file, "",
                     {"format", "version", "program", "input_hash", "scenario", "engine", "plan",
                      "phase_words", "edge_words", "frame_count", "frames_hash", "frames"});
        saved_.recording.program = text(file["program"], "program");
        const std::string& program = saved_.recording.program;
        if (!program.starts_with("plumbline ") || program.size() > k_longest_program
            || printable(program) != program)
            refuse("program = " + in_quotes(program), "allowed plumbline and a version");
        require_words(file["phase_words"], "phase_words", phase_words());
        require_words(file["edge_words"], "edge_words", edge_words());
        saved_.recording.input_hash = hash(file["input_hash"], "input_hash");
        (void)hash(file["frames_hash"], "frames_hash");
    }
    /// Before the keys: another version may have others.
    void whole_version(const Json& version) const {
        if (version != Json(k_recording_version))
            refuse("version",
                   "allowed " + std::to_string(k_recording_version) + ", the one this program reads");
    }

    void read_engine(const Json& map) {
        require_keys(map, "engine", {"dt_s", "dt_fine_s", "steps", "state_hash"});
        EngineFacts& engine = saved_.recording.engine;
        engine.dt_s = number(map["dt_s"], "engine.dt_s", 1e-6, 1.0);
        engine.dt_fine_s = number(map["dt_fine_s"], "engine.dt_fine_s", 1e-6, engine.dt_s);
        engine.steps = whole(map["steps"], "engine.steps", 0, k_most_steps);
        engine.state_hash = hash(map["state_hash"], "engine.state_hash");
    }

    void read_plan_facts(const Json& map) {
        std::vector<std::string> names;
        for (const PlanFact& fact : plan_facts()) names.emplace_back(fact.name);
        require_keys(map, "plan", names);
        for (std::size_t i = 0; i < k_plan_fact_count; ++i)
            saved_.plan_facts[i] =
                number(map[names[i]], "plan." + names[i], -k_largest_number, k_largest_number);
    }

    void read_scenario(const Json& toml) {
        const ScenarioDef def = parse_scenario(text(toml, "scenario"), source_ + ", scenario");
        saved_.recording.scenario = resolve_scenario(def);
        const std::string recomputed = input_hash(saved_.recording.scenario);
        if (recomputed != saved_.recording.input_hash)
            refuse("input_hash = " + in_quotes(saved_.recording.input_hash.substr(0, 12) + "...")
                   + " is not that of the scenario, " + in_quotes(recomputed.substr(0, 12) + "...")
                   + ": the scenario was changed, or its canonical form; run it again");
    }

    /// The length of the time's column bounds the count before anything is set aside for it.
    std::size_t count_of(const Json& file) const {
        return static_cast<std::size_t>(
            whole(file["frame_count"], "frame_count", 1, static_cast<std::int64_t>(k_most_frames)));
    }

    void read_frames(const Json& map, std::size_t count) {
        std::vector<std::string> names;
        for (const FrameColumn& column : frame_columns()) names.push_back(column.name);
        require_keys(map, "frames", names);
        FramesHash hash;
        for (const FrameColumn& column : frame_columns()) {
            const Json& value = map[column.name];
            const std::string place = "frames." + column.name;
            if (!value.is_binary() || value.get_binary().has_subtype())
                refuse(place, "allowed a byte string");
            const auto& raw = value.get_binary();
            const std::string_view bytes(reinterpret_cast<const char*>(raw.data()), raw.size());
            if (bytes.size() < 8 * count)
                refuse(place, std::to_string(bytes.size()) + " bytes: too few for " + std::to_string(count)
                                  + " frames");
            hash.add(column.name, bytes);
            read_column(column, bytes, count);
        }
        frames_hash_ = hash.hex();
    }

    void read_column(const FrameColumn& column, std::string_view bytes, std::size_t count) {
        std::vector<Frame>& frames = saved_.recording.frames;
        frames.resize(count);
        ColumnReader in(bytes);
        for (std::size_t i = 0; i < count; ++i) {
            column.read(in, frames[i]);
            if (!in.problem().empty())
                refuse("frames." + column.name + ", frame " + std::to_string(i), in.problem());
        }
        if (in.bytes_left() > 0)
            refuse("frames." + column.name, std::to_string(in.bytes_left()) + " bytes more than the "
                                                + std::to_string(count) + " frames need");
    }

    void check_frames() const {
        const Recording& recording = saved_.recording;
        const BodyModel body = build_body(build_person(recording.scenario.person), recording.scenario);
        double last_s = 0.0;
        for (std::size_t i = 0; i < recording.frames.size(); ++i) {
            const Frame& frame = recording.frames[i];
            if (i == 0 ? frame.time_s != 0.0 : frame.time_s <= last_s)
                refuse("frames.time_s, frame " + std::to_string(i),
                       value_text(frame.time_s) + ": allowed times that rise from 0");
            last_s = frame.time_s;
            if (const std::string problem = find_frame_problem(body, frame); !problem.empty())
                refuse("frame " + std::to_string(i) + " at " + value_text(frame.time_s) + " s", problem);
        }
    }

    const std::string& source_;
    SavedRecording saved_;
    std::string frames_hash_;
};

}  // namespace

SavedRecording decode_recording(std::string_view bytes, const std::string& source) {
    return Decoder(source).decode(bytes);
}

}  // namespace plumb
