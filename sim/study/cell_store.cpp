// SQLite behind few statements: meta, inputs, cells.
#include "sim/study/cell_store.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "sim/base/check.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/sqlite.h"

namespace plumb {
namespace {

std::string column_text(std::string_view name) { return '"' + std::string(name) + '"'; }

}  // namespace

struct CellStore::Impl {
    Impl(const std::string& path, const CellList& list, StoreUse use)
        : file(path),
          listed(&list),
          database(path, use == StoreUse::read ? SQLITE_OPEN_READONLY
                                               : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) {}

    std::string file;
    const CellList* listed;
    SqliteFile database;
    std::unique_ptr<SqliteStatement> insert;

    [[nodiscard]] std::string meta(const std::string& key) const {
        SqliteStatement find(database, "SELECT value FROM study WHERE key = ?");
        find.bind(1, key);
        return find.step() ? value_text(find.value(0)) : "";
    }

    /// All in one transaction: a file that a kill left half made is empty.
    void make(const CellList& list) {
        database.run("BEGIN IMMEDIATE");
        database.run("CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
        SqliteStatement add(database, "INSERT INTO study VALUES (?, ?)");
        const auto put = [&](const char* key, const std::string& value) {
            add.bind(1, std::string(key));
            add.bind(2, value);
            add.step();
            add.reset();
        };
        put("format", list.format);
        put("program", "plumbline " PLUMBLINE_VERSION);
        put("hash", list.hash);
        put("name", list.name);
        for (const auto& [key, value] : list.meta) put(key.c_str(), value);
        database.run("CREATE TABLE input (place INTEGER PRIMARY KEY, name TEXT, unit TEXT)");
        SqliteStatement input(database, "INSERT INTO input VALUES (?, ?, ?)");
        for (std::size_t i = 0; i < list.inputs.size(); ++i) {
            input.bind_whole(1, i);
            input.bind(2, list.inputs[i].name);
            input.bind(3, list.inputs[i].unit);
            input.step();
            input.reset();
        }
        std::string columns = "cell INTEGER PRIMARY KEY";
        for (const CellColumn& in : list.inputs) columns += ", " + column_text(in.name);
        for (const CellColumn& c : list.columns)
            columns += ", " + column_text(c.name) + (c.is_number ? " REAL" : " TEXT");
        database.run("CREATE TABLE cell (" + columns + ")");
        database.run("COMMIT");
    }

    void check(const CellList& list) const {
        std::string format, hash, program;
        try {
            format = meta("format");
            hash = meta("hash");
            program = meta("program");
        } catch (const std::runtime_error&) {
            throw InputError(printable(file, 300) + ": is no database of a sweep or population");
        }
        if (!format.starts_with("plumbline-"))
            throw InputError(printable(file, 300) + ": is no database of a sweep or population");
        if (format != list.format || hash != list.hash)
            throw InputError(printable(file, 300) + ": holds another study (" + printable(meta("name"), 60)
                             + "); choose another --out or delete it");
        if (program != "plumbline " PLUMBLINE_VERSION)
            throw InputError(printable(file, 300) + ": was begun by " + printable(program, 60)
                             + ", this is plumbline " PLUMBLINE_VERSION
                               "; choose another --out or delete it");
    }
};

CellStore::CellStore(const std::filesystem::path& file, const CellList& list, StoreUse use)
    : impl_(std::make_unique<Impl>(file.string(), list, use)) {
    bool fresh = false;
    try {
        fresh = impl_->database.is_empty();
    } catch (const std::runtime_error& error) {
        const std::string text = error.what();
        if (text.find("not a database") != text.npos)
            throw InputError(printable(impl_->file, 300) + ": is no database of a sweep or population");
        throw;
    }
    if (use == StoreUse::read) {
        if (fresh)
            throw InputError(printable(impl_->file, 300) + ": is no database of a sweep or population");
        impl_->check(list);
        return;
    }
    if (fresh)
        impl_->make(list);
    else
        impl_->check(list);
    // A kill of the program loses nothing; a power cut at most the last cells.
    impl_->database.run("PRAGMA synchronous = NORMAL");
    std::string places = "?";
    for (std::size_t i = 0; i < list.inputs.size() + list.columns.size(); ++i) places += ", ?";
    impl_->insert = std::make_unique<SqliteStatement>(impl_->database,
                                                      "INSERT OR REPLACE INTO cell VALUES (" + places + ")");
}

CellStore::~CellStore() = default;
CellStore::CellStore(CellStore&&) noexcept = default;

void CellStore::add(std::size_t cell, const CellRow& row) {
    PLUMB_CHECK(row.size() == impl_->listed->columns.size(), "a value for every column");
    SqliteStatement& insert = *impl_->insert;
    int place = 1;
    insert.bind_whole(place++, cell);
    for (const FieldValue& value : impl_->listed->values(cell)) insert.bind(place++, value);
    for (const FieldValue& value : row) insert.bind(place++, value);
    insert.step();
    insert.reset();
}

void CellStore::add_all(const std::vector<std::pair<std::size_t, CellRow>>& rows) {
    impl_->database.run("BEGIN IMMEDIATE");
    try {
        for (const auto& [cell, row] : rows) add(cell, row);
        impl_->database.run("COMMIT");
    } catch (...) {
        impl_->database.roll_back();
        throw;
    }
}

std::vector<std::optional<CellRow>> CellStore::all() const {
    std::string columns;
    for (const CellColumn& c : impl_->listed->columns) columns += ", " + column_text(c.name);
    SqliteStatement each(impl_->database, "SELECT cell" + columns + " FROM cell");
    std::vector<std::optional<CellRow>> rows(impl_->listed->count);
    while (each.step()) {
        const std::size_t cell = each.whole(0);
        if (cell >= rows.size()) continue;
        CellRow& row = rows[cell].emplace();
        for (std::size_t i = 0; i < impl_->listed->columns.size(); ++i)
            row.push_back(each.value(static_cast<int>(i) + 1));
    }
    return rows;
}

std::vector<std::optional<CellRow>> CellStore::evaluated() const {
    std::vector<std::optional<CellRow>> rows = all();
    const auto& columns = impl_->listed->columns;
    const auto basis = std::ranges::find(columns, "basis", &CellColumn::name);
    if (basis == columns.end()) return rows;
    for (auto& row : rows)
        if (row
            && (*row)[static_cast<std::size_t>(basis - columns.begin())]
                   == FieldValue{std::string(k_inferred_basis)})
            row.reset();
    return rows;
}

bool CellStore::is_complete() const {
    return std::ranges::all_of(all(), [](const auto& row) { return row.has_value(); });
}

std::vector<CellRow> CellStore::rows() const {
    std::vector<CellRow> rows;
    for (auto& row : all()) {
        PLUMB_CHECK(row.has_value(), "a row for every cell");
        rows.push_back(std::move(*row));
    }
    return rows;
}

}  // namespace plumb
