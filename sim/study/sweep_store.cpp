// SQLite behind few statements: meta, axis values, cells.
#include "sim/study/sweep_store.h"

#include <stdexcept>
#include <string>

#include <sqlite3.h>

#include "sim/base/check.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

constexpr const char* k_format = "plumbline-sweep-1";

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

struct SweepStore::Impl {
    std::string file;
    std::size_t cells = 0;
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
    void make(const LoadedStudy& study) {
        run("BEGIN IMMEDIATE");
        run("CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
        Statement add(database, "INSERT INTO study VALUES (?, ?)", file);
        const auto put = [&](const char* key, const std::string& value) {
            add.bind(1, std::string(key));
            add.bind(2, value);
            add.step();
            add.reset();
        };
        put("format", k_format);
        put("program", "plumbline " PLUMBLINE_VERSION);
        put("study_hash", study_hash(study));
        put("name", study.def.name);
        put("asks", study.def.asks);
        put("evaluate", std::string(k_evaluate_words[static_cast<std::size_t>(study.def.evaluate)]));
        put("seed", value_text(find_field("engine.seed")->get(study.base)));
        put("base", canonical_text(study.base));
        run("CREATE TABLE axis (axis INTEGER, field TEXT, unit TEXT, place INTEGER, value, PRIMARY KEY "
            "(axis, place))");
        Statement axis(database, "INSERT INTO axis VALUES (?, ?, ?, ?, ?)", file);
        for (std::size_t i = 0; i < study.def.axes.size(); ++i)
            for (std::size_t place = 0; place < study.def.axes[i].values.size(); ++place) {
                axis.bind_whole(1, i);
                axis.bind(2, study.def.axes[i].field);
                axis.bind(3, find_field(study.def.axes[i].field)->unit);
                axis.bind_whole(4, place);
                axis.bind(5, study.def.axes[i].values[place]);
                axis.step();
                axis.reset();
            }
        std::string columns = "cell INTEGER PRIMARY KEY";
        for (const StudyAxis& a : study.def.axes) columns += ", " + column_text(a.field);
        for (const CellColumn& c : cell_columns())
            columns += ", " + column_text(c.name) + (c.is_number ? " REAL" : " TEXT");
        run("CREATE TABLE cell (" + columns + ")");
        run("COMMIT");
    }

    void check(const LoadedStudy& study) const {
        std::string format, hash, program;
        try {
            format = meta("format");
            hash = meta("study_hash");
            program = meta("program");
        } catch (const std::runtime_error&) {
            throw InputError(printable(file, 300) + ": is no database of a sweep");
        }
        if (format != k_format) throw InputError(printable(file, 300) + ": is no database of a sweep");
        if (hash != study_hash(study))
            throw InputError(printable(file, 300) + ": holds another study (" + printable(meta("name"), 60)
                             + "); choose another --out or delete it");
        if (program != "plumbline " PLUMBLINE_VERSION)
            throw InputError(printable(file, 300) + ": was begun by " + printable(program, 60)
                             + ", this is plumbline " PLUMBLINE_VERSION
                               "; choose another --out or delete it");
    }
};

SweepStore::SweepStore(const std::filesystem::path& file, const LoadedStudy& study)
    : impl_(std::make_unique<Impl>()) {
    impl_->file = file.string();
    impl_->cells = study.def.cell_count();
    impl_->open();
    bool fresh = false;
    try {
        fresh = impl_->is_empty();
    } catch (const std::runtime_error& error) {
        const std::string text = error.what();
        if (text.find("not a database") != text.npos)
            throw InputError(printable(impl_->file, 300) + ": is no database of a sweep");
        throw;
    }
    if (fresh)
        impl_->make(study);
    else
        impl_->check(study);
    // A kill of the program loses nothing; a power cut at most the last cells.
    impl_->run("PRAGMA synchronous = NORMAL");
    std::string places = "?";
    for (std::size_t i = 0; i < study.def.axes.size() + cell_columns().size(); ++i) places += ", ?";
    impl_->insert = std::make_unique<Statement>(
        impl_->database, "INSERT OR REPLACE INTO cell VALUES (" + places + ")", impl_->file);
    axes_ = study.def;
}

SweepStore::~SweepStore() = default;
SweepStore::SweepStore(SweepStore&&) noexcept = default;

std::vector<bool> SweepStore::finished() const {
    std::vector<bool> done(impl_->cells, false);
    Statement all(impl_->database, "SELECT cell FROM cell", impl_->file);
    while (all.step())
        if (const std::size_t cell = all.whole(0); cell < done.size()) done[cell] = true;
    return done;
}

void SweepStore::add(std::size_t cell, const CellRow& row) {
    PLUMB_CHECK(row.size() == cell_columns().size(), "a value for every column");
    Statement& insert = *impl_->insert;
    int place = 1;
    insert.bind_whole(place++, cell);
    const std::vector<std::size_t> places = axes_.places(cell);
    for (std::size_t i = 0; i < places.size(); ++i) insert.bind(place++, axes_.axes[i].values[places[i]]);
    for (const FieldValue& value : row) insert.bind(place++, value);
    insert.step();
    insert.reset();
}

std::vector<CellRow> SweepStore::rows() const {
    std::string columns;
    for (const CellColumn& c : cell_columns()) columns += (columns.empty() ? "" : ", ") + column_text(c.name);
    Statement all(impl_->database, "SELECT " + columns + " FROM cell ORDER BY cell", impl_->file);
    std::vector<CellRow> rows;
    while (all.step()) {
        CellRow row;
        for (std::size_t i = 0; i < cell_columns().size(); ++i) row.push_back(all.value(static_cast<int>(i)));
        rows.push_back(std::move(row));
    }
    PLUMB_CHECK(rows.size() == impl_->cells, "a row for every cell");
    return rows;
}

}  // namespace plumb
