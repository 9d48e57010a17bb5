// Runs a program as a user does: words as a list, no shell between; gives back exit code and both streams, and
// ends what takes too long.
#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace plumb::test {

struct Command {
    std::vector<std::string> words{};                  ///< without the program's own name
    std::filesystem::path folder{};                    ///< the program's current folder; empty: this one
    std::string program = PLUMBLINE_EXE;               ///< an absolute path
    std::string home = PLUMBLINE_SOURCE_DIR;           ///< PLUMBLINE_HOME; empty: not set
    std::map<std::string, std::string> environment{};  ///< further variables, over those of this process
    std::string out_to{};  ///< standard output goes to this file, not to the result
    rlim_t largest_file_bytes = RLIM_INFINITY;
    bool as_nobody = false;  ///< give up root's rights first; without effect for anyone else
    std::chrono::seconds limit{120};
};

struct Result {
    int exit_code = -1;  ///< 128 + number when a signal ended it, 127 when it could not be started
    bool too_late = false;
    std::string out{}, err{};
};

/// A pipe closed at the end of the block; both ends stay out of programs started meanwhile in other threads.
struct Pipe {
    int ends[2] = {-1, -1};
    Pipe() {
        if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close_end(0);
        close_end(1);
    }
    void close_end(int i) {
        if (ends[i] >= 0) ::close(ends[i]);
        ends[i] = -1;
    }
    /// Moves what is there into `text`; closes the reading end when there will be no more.
    void read_into(std::string& text) {
        char block[65536];
        const ssize_t count = ::read(ends[0], block, sizeof block);
        if (count > 0)
            text.append(block, static_cast<std::size_t>(count));
        else if (count == 0 || errno != EINTR)
            close_end(0);
    }
};

/// The child's side between fork and exec: only calls that are safe there.
[[noreturn]] inline void become(const Command& command, char** words, char** environment, int out, int err) {
    const rlimit file_limit{command.largest_file_bytes, command.largest_file_bytes}, no_core{0, 0};
    ::setpgid(0, 0);
    ::setrlimit(RLIMIT_CORE, &no_core);
    bool ok = command.largest_file_bytes == RLIM_INFINITY || ::setrlimit(RLIMIT_FSIZE, &file_limit) == 0;
    ok = ok && (command.folder.empty() || ::chdir(command.folder.c_str()) == 0);
    if (!command.out_to.empty()) out = ::open(command.out_to.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    ok = ok && ::dup2(::open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO) >= 0;
    ok = ok && ::dup2(out, STDOUT_FILENO) >= 0 && ::dup2(err, STDERR_FILENO) >= 0;
    constexpr unsigned k_nobody = 65534;
    if (ok && command.as_nobody && ::geteuid() == 0)
        ok = ::setgroups(0, nullptr) == 0 && ::setgid(k_nobody) == 0 && ::setuid(k_nobody) == 0;
    if (ok) ::execve(command.program.c_str(), words, environment);
    ::_exit(127);
}

[[nodiscard]] inline Result run_program(const Command& command) {
    using Clock = std::chrono::steady_clock;
    std::map<std::string, std::string> variables;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        variables[text.substr(0, text.find('='))] = text.substr(std::min(text.size(), text.find('=') + 1));
    }
    variables.erase("PLUMBLINE_HOME");
    if (!command.home.empty()) variables["PLUMBLINE_HOME"] = command.home;
    for (const auto& [name, value] : command.environment) variables[name] = value;

    std::vector<std::string> words = {command.program}, settings;
    words.insert(words.end(), command.words.begin(), command.words.end());
    for (const auto& [name, value] : variables) settings.push_back(name + "=" + value);
    std::vector<char*> word_list, setting_list;
    for (std::string& word : words) word_list.push_back(word.data());
    for (std::string& setting : settings) setting_list.push_back(setting.data());
    word_list.push_back(nullptr);
    setting_list.push_back(nullptr);

    Pipe out, err;
    Result result;
    const Clock::time_point end = Clock::now() + command.limit;
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("cannot start a program");
    if (child == 0) become(command, word_list.data(), setting_list.data(), out.ends[1], err.ends[1]);
    out.close_end(1);
    err.close_end(1);

    int status = 0;
    const auto left_ms = [&] {
        return static_cast<int>(
            std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count());
    };
    while ((out.ends[0] >= 0 || err.ends[0] >= 0) && left_ms() > 0) {
        pollfd both[2] = {{out.ends[0], POLLIN, 0},
                          {err.ends[0], POLLIN, 0}};  // a closed end (-1) is left out
        if (::poll(both, 2, left_ms()) <= 0) continue;
        if (both[0].revents != 0) out.read_into(result.out);
        if (both[1].revents != 0) err.read_into(result.err);
    }
    while (::waitpid(child, &status, WNOHANG) == 0) {
        if (left_ms() <= 0) {
            result.too_late = true;
            ::kill(-child, SIGKILL);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

}  // namespace plumb::test
