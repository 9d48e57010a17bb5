// SQLite as this program uses it: one file, prepared statements, errors thrown in one line. For sim/study's own sources.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

#include <sqlite3.h>

#include "sim/base/fields.h"

namespace plumb {

/// What SQLite says, after the file's name.
class SqliteError : public std::runtime_error {
  public:
    SqliteError(const std::string& text, int result) : std::runtime_error(text), code(result) {}
    int code;  ///< primary result code: SQLITE_BUSY, SQLITE_NOTADB ...
};

/// An open database. Everything throws SqliteError. Not for several threads.
class SqliteFile {
  public:
    /// `flags` as for sqlite3_open_v2. What another program holds is waited for up to two seconds.
    SqliteFile(std::string file, int flags);
    ~SqliteFile();
    SqliteFile(const SqliteFile&) = delete;
    SqliteFile& operator=(const SqliteFile&) = delete;

    void run(const std::string& text) const;
    /// Ends a transaction that cannot be finished; never throws.
    void roll_back() const;
    /// Holds no table yet.
    [[nodiscard]] bool is_empty() const;
    [[noreturn]] void fail() const;  ///< throws what went wrong last
    [[nodiscard]] sqlite3* handle() const { return database_; }
    [[nodiscard]] const std::string& file() const { return file_; }

  private:
    std::string file_;
    sqlite3* database_ = nullptr;
};

/// A prepared statement; the file outlives it.
class SqliteStatement {
  public:
    SqliteStatement(const SqliteFile& file, const std::string& text);
    ~SqliteStatement();
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;

    void bind(int place, const FieldValue& value);
    void bind_whole(int place, std::size_t value);
    /// True while there is a row.
    bool step();
    void reset();
    [[nodiscard]] std::size_t whole(int column) const;
    [[nodiscard]] FieldValue value(int column) const;

  private:
    void check(int code) const;
    const SqliteFile& file_;
    sqlite3_stmt* statement_ = nullptr;
};

}  // namespace plumb
