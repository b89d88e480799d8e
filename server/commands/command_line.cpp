#include "server/commands/command_line.h"

#include "server/commands/commands.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <iostream>

namespace server::commands {
namespace {

constexpr int done = 0;
constexpr int could_not = 1;
constexpr int wrong_usage = 2;

/// A command line that CLI11 lets pass and that is wrong all the same.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What the options of all commands are written into.
struct Words {
    std::string data = "data";
    std::string listen = "127.0.0.1:8062";
    std::string rtmp;
    std::string srt;
    std::string clock;
    int threads = 0;
    std::string file;
    std::string name;
    std::string role;
    std::string municipality;
    std::string department;
    std::string series;
    bool verify = false;
    bool sources = false;

    catalog::store::DataFolder folder() const { return {place(data)}; }

    /// Of a folder, without a slash at its end.
    static std::filesystem::path place(const std::string& name) {
        const auto path = std::filesystem::absolute(name).lexically_normal();
        return path.has_filename() ? path : path.parent_path();
    }
};

void add_data(CLI::App* command, Words& words) {
    command->add_option("--data", words.data, "The folder that holds the site")
        ->capture_default_str();
}

int serve_with(const Words& words) {
    Serve options{words.folder(), words.listen, words.rtmp, words.srt, std::nullopt, words.threads};
    if (!words.clock.empty()) {
        options.clock = catalog::time::parse_rfc3339(words.clock);
        if (!options.clock)
            throw UsageError("--clock takes a time such as 2021-10-25T09:00:00+09:00.");
    }
    return serve(options);
}

int add_account_with(const Words& words) {
    const auto role = catalog::role_from_text(words.role);
    if (!role)
        throw UsageError("--role is secretariat, organiser, adviser or viewer.");
    std::optional<catalog::Department> department;
    if (*role == catalog::Role::viewer) {
        if (words.municipality.empty() || words.department.empty())
            throw UsageError("A viewer needs --municipality and --department.");
        department = {words.municipality, words.department};
    } else if (!words.municipality.empty() || !words.department.empty()) {
        throw UsageError("Only a viewer has --municipality and --department.");
    }
    return add_account(words.folder(), words.name, *role, department);
}

int back_up_with(const Words& words) {
    using catalog::store::backup::Unchanged;
    return back_up(words.folder(), Words::place(words.file),
                   words.verify ? Unchanged::read_back : Unchanged::trust);
}

int hand_over_with(const Words& words) {
    return hand_over(words.folder(), Words::place(words.file),
                     words.sources ? handover::Sources::included : handover::Sources::left_out);
}

int add_registration_with(const Words& words) {
    return add_registration(words.folder(), {{words.municipality, words.department},
                                             catalog::SeriesId(words.series)});
}

/// The commands, each with what runs it.
class CommandLine {
  public:
    CommandLine() {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", "kiroku 1.0");
        add_serve();
        add_import();
        add_account_commands();
        add_live_commands();
        auto* registration = app_.add_subcommand("registration", "Departments' registrations");
        registration->require_subcommand(1);
        auto* add = command(registration, "add", "Registers a department for a series",
                            add_registration_with);
        add->add_option("--municipality", words_.municipality, "Its code: 131016")->required();
        add->add_option("--department", words_.department, "Its name: 環境課")->required();
        add->add_option("--series", words_.series, "The series' id: adaptation")->required();
        auto* session = app_.add_subcommand("session", "Meetings and lectures");
        session->require_subcommand(1);
        command(session, "list", "Names all of them",
                [](const Words& words) { return list_sessions(words.folder()); });
        command(&app_, "check", "Proves that the catalog and its files are sound",
                [](const Words& words) { return check(words.folder()); });
        add_backup_commands();
    }

    int run(int argc, const char* const* argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return app_.exit(error) == 0 ? done : wrong_usage;
        }
        return action_(words_);
    }

  private:
    using Action = std::function<int(const Words&)>;

    CLI::App* command(CLI::App* parent, const char* name, const char* what, Action action) {
        auto* made = parent->add_subcommand(name, what);
        add_data(made, words_);
        made->callback([this, action = std::move(action)] { action_ = action; });
        return made;
    }

    void add_serve() {
        auto* serve = command(&app_, "serve", "Runs the site", serve_with);
        serve->add_option("--listen", words_.listen, "Address and port")->capture_default_str();
        serve->add_option("--rtmp", words_.rtmp, "Address and port for publishers by RTMP");
        serve->add_option("--srt", words_.srt, "Address and port for publishers by SRT");
        serve->add_option("--clock", words_.clock,
                          "Starts the wall clock at this time: 2021-10-25T09:00:00+09:00");
        serve->add_option("--threads", words_.threads, "0: one a core")
            ->check(CLI::Range(0, 256))
            ->capture_default_str();
    }

    void add_live_commands() {
        auto* live = app_.add_subcommand("live", "Live streams");
        live->require_subcommand(1);
        auto* key = command(live, "key", "Prints a new stream key; the old one is void",
                            [](const Words& words) {
                                return make_stream_key(words.folder(), catalog::VideoId(words.name));
                            });
        key->add_option("id", words_.name, "The live entry's id: live-ada2")->required();
        auto* end = command(live, "end", "Ends a stream: it becomes the archive",
                            [](const Words& words) {
                                return end_live(words.folder(), catalog::VideoId(words.name));
                            });
        end->add_option("id", words_.name, "The live entry's id: live-ada2")->required();
    }

    void add_backup_commands() {
        auto* backup = command(&app_, "backup",
                               "Copies everything, beside a running server; what an earlier backup "
                               "has is not copied again",
                               back_up_with);
        backup->add_option("folder", words_.file, "A new folder, or that of an earlier backup")
            ->required();
        backup->add_flag("--verify", words_.verify, "Reads all of the earlier backup too");
        auto* restore = command(&app_, "restore", "Puts a backup back where nothing is",
                                [](const Words& words) {
                                    return server::commands::restore(Words::place(words.file),
                                                                     words.folder());
                                });
        restore->add_option("folder", words_.file, "That of the backup")->required();
        auto* handover = command(&app_, "export",
                                "Makes a folder that tells and plays the archive without Kiroku",
                                hand_over_with);
        handover->add_option("folder", words_.file, "A new folder")->required();
        handover->add_flag("--sources", words_.sources, "Recordings as they were uploaded, too");
    }

    void add_import() {
        auto* import = command(&app_, "import", "Reads a catalog (demo-catalog/1): all or nothing",
                               [](const Words& words) {
                                   return import_catalog(words.folder(), words.file);
                               });
        import->add_option("file", words_.file, "A JSON file")->required();
    }

    void add_account_commands() {
        auto* account = app_.add_subcommand("account", "Who can sign in");
        account->require_subcommand(1);
        auto* add = command(account, "add", "Adds one; its password is a line on standard input",
                            add_account_with);
        add->add_option("name", words_.name, "What is typed at sign-in")->required();
        add->add_option("--role", words_.role, "secretariat, organiser, adviser or viewer")->required();
        add->add_option("--municipality", words_.municipality, "Of a viewer, its code: 131016");
        add->add_option("--department", words_.department, "Of a viewer: 環境課");
        auto* one_step = command(account, "second-step-off",
                                 "Lets an account sign in with its password alone: its owner lost the app",
                                 [](const Words& words) { return end_second_step(words.folder(), words.name); });
        one_step->add_option("name", words_.name, "What is typed at sign-in")->required();
        command(account, "list", "Names every account; `disabled` stands behind one that does not sign in any more",
                [](const Words& words) { return list_accounts(words.folder()); });
    }

    CLI::App app_{"Kiroku: an archive of recorded lectures and sessions."};
    Words words_;
    Action action_;
};

} // namespace

int run(int argc, const char* const* argv) {
    try {
        return CommandLine().run(argc, argv);
    } catch (const UsageError& error) {
        std::cerr << error.what() << '\n';
        return wrong_usage;
    } catch (const std::exception& error) {
        std::cerr << "kiroku: " << error.what() << '\n';
        return could_not;
    }
}

} // namespace server::commands
