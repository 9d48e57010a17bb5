// SQLite behind few statements: meta, inputs, cells.
#include "sim/study/cell_store.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include <sqlite3.h>

#include "sim/base/check.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

/// A prepared statement.
class Statement {
  public:
    Statement(sqlite3* database, const std::string& text, const std::string& file)
        : database_(database), file_(file) {
        check(sqlite3_prepare_v2(database, text.c_str(), -1, &statement_, nullptr));
    }
    ~Statement() { sqlite3_finalize(statement_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    void bind(int place, const FieldValue& value) {
        if (const double* number = std::get_if<double>(&value))
            check(sqlite3_bind_double(statement_, place, *number));
        else if (const std::string* word = std::get_if<std::string>(&value))
            check(sqlite3_bind_text(statement_, place, word->data(), static_cast<int>(word->size()),
                                    SQLITE_TRANSIENT));
        else
            check(sqlite3_bind_null(statement_, place));
    }
    void bind_whole(int place, std::size_t value) {
        check(sqlite3_bind_int64(statement_, place, static_cast<sqlite3_int64>(value)));
    }
    /// True while there is a row.
    bool step() {
        const int code = sqlite3_step(statement_);
        if (code != SQLITE_ROW && code != SQLITE_DONE) check(code);
        return code == SQLITE_ROW;
    }
    void reset() { check(sqlite3_reset(statement_)); }
    [[nodiscard]] std::size_t whole(int column) const {
        return static_cast<std::size_t>(sqlite3_column_int64(statement_, column));
    }
    [[nodiscard]] FieldValue value(int column) const {
        switch (sqlite3_column_type(statement_, column)) {
        case SQLITE_INTEGER:
        case SQLITE_FLOAT: return sqlite3_column_double(statement_, column);
        case SQLITE_TEXT:
            return std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement_, column)),
                               static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
        default: return std::monostate{};
        }
    }

  private:
    void check(int code) const {
        if (code == SQLITE_OK) return;
        throw std::runtime_error(printable(file_, 300) + ": " + sqlite3_errmsg(database_));
    }
    sqlite3* database_;
    const std::string& file_;
    sqlite3_stmt* statement_ = nullptr;
};

std::string column_text(std::string_view name) { return '"' + std::string(name) + '"'; }

}  // namespace

struct CellStore::Impl {
    std::string file;
    const CellList* listed = nullptr;
    sqlite3* database = nullptr;
    std::unique_ptr<Statement> insert;

    ~Impl() {
        insert.reset();
        sqlite3_close(database);
    }

    void run(const std::string& text) const {
        if (sqlite3_exec(database, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(printable(file, 300) + ": " + sqlite3_errmsg(database));
    }

    void open() {
        const int code =
            sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        if (code != SQLITE_OK)
            throw std::runtime_error(printable(file, 300) + ": "
                                     + (database != nullptr ? sqlite3_errmsg(database) : "no memory"));
        sqlite3_busy_timeout(database, 2000);
    }

    [[nodiscard]] bool is_empty() const {
        Statement count(database, "SELECT count(*) FROM sqlite_master", file);
        count.step();
        return count.whole(0) == 0;
    }

    [[nodiscard]] std::string meta(const std::string& key) const {
        Statement find(database, "SELECT value FROM study WHERE key = ?", file);
        find.bind(1, key);
        return find.step() ? value_text(find.value(0)) : "";
    }

    /// All in one transaction: a file that a kill left half made is empty.
    void make(const CellList& list) {
        run("BEGIN IMMEDIATE");
        run("CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
        Statement add(database, "INSERT INTO study VALUES (?, ?)", file);
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
        run("CREATE TABLE input (place INTEGER PRIMARY KEY, name TEXT, unit TEXT)");
        Statement input(database, "INSERT INTO input VALUES (?, ?, ?)", file);
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
        run("CREATE TABLE cell (" + columns + ")");
        run("COMMIT");
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

CellStore::CellStore(const std::filesystem::path& file, const CellList& list)
    : impl_(std::make_unique<Impl>()) {
    impl_->file = file.string();
    impl_->listed = &list;
    impl_->open();
    bool fresh = false;
    try {
        fresh = impl_->is_empty();
    } catch (const std::runtime_error& error) {
        const std::string text = error.what();
        if (text.find("not a database") != text.npos)
            throw InputError(printable(impl_->file, 300) + ": is no database of a sweep or population");
        throw;
    }
    if (fresh)
        impl_->make(list);
    else
        impl_->check(list);
    // A kill of the program loses nothing; a power cut at most the last cells.
    impl_->run("PRAGMA synchronous = NORMAL");
    std::string places = "?";
    for (std::size_t i = 0; i < list.inputs.size() + list.columns.size(); ++i) places += ", ?";
    impl_->insert = std::make_unique<Statement>(
        impl_->database, "INSERT OR REPLACE INTO cell VALUES (" + places + ")", impl_->file);
}

CellStore::~CellStore() = default;
CellStore::CellStore(CellStore&&) noexcept = default;

void CellStore::add(std::size_t cell, const CellRow& row) {
    PLUMB_CHECK(row.size() == impl_->listed->columns.size(), "a value for every column");
    Statement& insert = *impl_->insert;
    int place = 1;
    insert.bind_whole(place++, cell);
    for (const FieldValue& value : impl_->listed->values(cell)) insert.bind(place++, value);
    for (const FieldValue& value : row) insert.bind(place++, value);
    insert.step();
    insert.reset();
}

void CellStore::add_all(const std::vector<std::pair<std::size_t, CellRow>>& rows) {
    impl_->run("BEGIN IMMEDIATE");
    try {
        for (const auto& [cell, row] : rows) add(cell, row);
        impl_->run("COMMIT");
    } catch (...) {
        sqlite3_exec(impl_->database, "ROLLBACK", nullptr, nullptr, nullptr);
        throw;
    }
}

std::vector<std::optional<CellRow>> CellStore::all() const {
    std::string columns;
    for (const CellColumn& c : impl_->listed->columns) columns += ", " + column_text(c.name);
    Statement each(impl_->database, "SELECT cell" + columns + " FROM cell", impl_->file);
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
