// How a member of a Def becomes a Field: its type decides the kind, the rest is said beside it in the list.
#pragma once

#include <array>
#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/fields.h"
#include "sim/scenario/scenario_def.h"

namespace plumb {

/// The words of an enumeration, in the order of its values.
template <class Enum>
inline constexpr std::array<std::string_view, 0> k_words{};
template <>
inline constexpr std::array<std::string_view, 2> k_words<Sex>{"male", "female"};
template <>
inline constexpr std::array<std::string_view, 2> k_words<Footwear>{"bare", "shod"};
template <>
inline constexpr std::array<std::string_view, 4> k_words<ArmsPose>{"hanging", "forward", "crossed",
                                                                   "overhead"};
template <>
inline constexpr std::array<std::string_view, 4> k_words<Hold>{"arms_forward", "chest", "back_high",
                                                               "back_low"};
template <>
inline constexpr std::array<std::string_view, 3> k_words<Hand>{"both", "left", "right"};
template <>
inline constexpr std::array<std::string_view, 3> k_words<DepthWord>{"half", "parallel", "full"};
template <>
inline constexpr std::array<std::string_view, 2> k_words<Intent>{"cautious", "committed"};
template <>
inline constexpr std::array<std::string_view, 2> k_words<Heels>{"flat", "may_lift"};
template <>
inline constexpr std::array<std::string_view, 2> k_words<Control>{"human", "ideal"};

/// How values of one member type pass the door. Setting a value that find_problem refuses is our own bug.
template <class Value>
struct FieldAccess;

template <>
struct FieldAccess<double> {
    static constexpr FieldKind k_kind = FieldKind::number;
    static FieldValue get(double value) { return value; }
    static double read(const FieldValue& value) {
        PLUMB_CHECK(std::holds_alternative<double>(value), "a number field needs a number");
        return std::get<double>(value);
    }
};

template <std::integral Integer>
struct FieldAccess<Integer> {
    static constexpr FieldKind k_kind = FieldKind::integer;
    static FieldValue get(Integer value) { return static_cast<double>(value); }
    static Integer read(const FieldValue& value) {
        return static_cast<Integer>(FieldAccess<double>::read(value));
    }
};

template <>
struct FieldAccess<std::optional<double>> {
    static constexpr FieldKind k_kind = FieldKind::optional_number;
    static FieldValue get(const std::optional<double>& value) {
        return value ? FieldValue{*value} : FieldValue{};
    }
    static std::optional<double> read(const FieldValue& value) {
        if (std::holds_alternative<std::monostate>(value)) return std::nullopt;
        return FieldAccess<double>::read(value);
    }
};

template <class Enum>
requires std::is_enum_v<Enum>
struct FieldAccess<Enum> {
    static constexpr FieldKind k_kind = FieldKind::word;
    static FieldValue get(Enum value) {
        const auto index = static_cast<std::size_t>(value);
        PLUMB_CHECK(index < k_words<Enum>.size(), "an enumeration holds a value without a word");
        return std::string(k_words<Enum>[index]);
    }
    static Enum read(const FieldValue& value) {
        PLUMB_CHECK(std::holds_alternative<std::string>(value), "a word field needs a word");
        for (std::size_t i = 0; i < k_words<Enum>.size(); ++i)
            if (k_words<Enum>[i] == std::get<std::string>(value)) return static_cast<Enum>(i);
        PLUMB_CHECK(false, "unknown word");
    }
};

template <>
struct FieldAccess<Depth> {
    static constexpr FieldKind k_kind = FieldKind::word_or_number;
    static FieldValue get(const Depth& value) {
        if (const DepthWord* word = std::get_if<DepthWord>(&value)) return FieldAccess<DepthWord>::get(*word);
        return std::get<double>(value);
    }
    static Depth read(const FieldValue& value) {
        if (std::holds_alternative<std::string>(value)) return FieldAccess<DepthWord>::read(value);
        return FieldAccess<double>::read(value);
    }
};

/// One line of a Def's list: what is said about the field, and the member it speaks of.
template <class Def, class Value>
[[nodiscard]] Field<Def> field(FieldInfo info, Value Def::*member) {
    Field<Def> made;
    static_cast<FieldInfo&>(made) = std::move(info);
    made.kind = FieldAccess<Value>::k_kind;
    const auto take_words = [&](const auto& words) { made.words.assign(words.begin(), words.end()); };
    if constexpr (std::is_enum_v<Value>)
        take_words(k_words<Value>);
    else if constexpr (std::is_same_v<Value, Depth>)
        take_words(k_words<DepthWord>);
    made.get = [member](const Def& def) { return FieldAccess<Value>::get(def.*member); };
    made.set = [member](Def& def, const FieldValue& value) { def.*member = FieldAccess<Value>::read(value); };
    return made;
}

/// Appends a part's fields to the whole's under the part's table name.
template <class Whole, class Part>
void add_part(std::vector<Field<Whole>>& all, const std::string& table, Part Whole::*part,
              const std::vector<Field<Part>>& fields) {
    for (const Field<Part>& of_part : fields) {
        Field<Whole> made;
        static_cast<FieldInfo&>(made) = static_cast<const FieldInfo&>(of_part);
        made.name = table + "." + of_part.name;
        made.get = [part, get = of_part.get](const Whole& def) { return get(def.*part); };
        made.set = [part, set = of_part.set](Whole& def, const FieldValue& value) { set(def.*part, value); };
        all.push_back(std::move(made));
    }
}

}  // namespace plumb
