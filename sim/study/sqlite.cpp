// The few calls of SQLite's C interface.
#include "sim/study/sqlite.h"

#include <utility>

#include "sim/base/text.h"

namespace plumb {

SqliteFile::SqliteFile(std::string file, int flags) : file_(std::move(file)) {
    if (sqlite3_open_v2(file_.c_str(), &database_, flags, nullptr) != SQLITE_OK) {
        const int code = database_ != nullptr ? sqlite3_errcode(database_) : SQLITE_NOMEM;
        const std::string text = database_ != nullptr ? sqlite3_errmsg(database_) : "no memory";
        sqlite3_close(database_);
        throw SqliteError(printable(file_, 300) + ": " + text, code);
    }
    sqlite3_busy_timeout(database_, 2000);
}

SqliteFile::~SqliteFile() { sqlite3_close(database_); }

void SqliteFile::fail() const {
    throw SqliteError(printable(file_, 300) + ": " + sqlite3_errmsg(database_), sqlite3_errcode(database_));
}

void SqliteFile::run(const std::string& text) const {
    if (sqlite3_exec(database_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

void SqliteFile::roll_back() const { sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr); }

bool SqliteFile::is_empty() const {
    SqliteStatement count(*this, "SELECT count(*) FROM sqlite_master");
    count.step();
    return count.whole(0) == 0;
}

SqliteStatement::SqliteStatement(const SqliteFile& file, const std::string& text) : file_(file) {
    check(sqlite3_prepare_v2(file.handle(), text.c_str(), -1, &statement_, nullptr));
}
SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

void SqliteStatement::bind(int place, const FieldValue& value) {
    if (const double* number = std::get_if<double>(&value))
        check(sqlite3_bind_double(statement_, place, *number));
    else if (const std::string* word = std::get_if<std::string>(&value))
        check(sqlite3_bind_text(statement_, place, word->data(), static_cast<int>(word->size()),
                                SQLITE_TRANSIENT));
    else
        check(sqlite3_bind_null(statement_, place));
}

void SqliteStatement::bind_whole(int place, std::size_t value) {
    check(sqlite3_bind_int64(statement_, place, static_cast<sqlite3_int64>(value)));
}

bool SqliteStatement::step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) check(code);
    return code == SQLITE_ROW;
}

void SqliteStatement::reset() { check(sqlite3_reset(statement_)); }

std::size_t SqliteStatement::whole(int column) const {
    return static_cast<std::size_t>(sqlite3_column_int64(statement_, column));
}

FieldValue SqliteStatement::value(int column) const {
    switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_INTEGER:
    case SQLITE_FLOAT: return sqlite3_column_double(statement_, column);
    case SQLITE_TEXT:
        return std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement_, column)),
                           static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
    default: return std::monostate{};
    }
}

void SqliteStatement::check(int code) const {
    if (code != SQLITE_OK) file_.fail();
}

}  // namespace plumb
