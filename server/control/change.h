#pragma once

#include "catalog/account.h"
#include "catalog/municipality.h"
#include "catalog/result.h"
#include "catalog/store/catalog.h"
#include "catalog/time/zone.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace server::control {

/// The text of an import file (demo-catalog/1).
struct Import {
    std::string text;
    friend bool operator==(const Import&, const Import&) = default;
};

struct AddAccount {
    std::string name;
    catalog::Role role = catalog::Role::viewer;
    std::optional<catalog::Department> department;
    std::string password_hash;  ///< the password itself never leaves the command
    friend bool operator==(const AddAccount&, const AddAccount&) = default;
};

/// For who lost their app: the password alone signs in again.
struct EndSecondStep {
    std::string account;  ///< its name
    friend bool operator==(const EndSecondStep&, const EndSecondStep&) = default;
};

struct AddRegistration {
    catalog::Registration registration;
    friend bool operator==(const AddRegistration&, const AddRegistration&) = default;
};

struct SetStreamKey {
    catalog::VideoId video;
    std::string key_hash;  ///< the key itself never leaves the command
    friend bool operator==(const SetStreamKey&, const SetStreamKey&) = default;
};

struct EndLive {
    catalog::VideoId video;
    friend bool operator==(const EndLive&, const EndLive&) = default;
};

/// A change of the catalog that the command line asks for.
using Change = std::variant<Import, AddAccount, EndSecondStep, AddRegistration, SetStreamKey, EndLive>;

/// What became of a change: nothing refused means that it was made, and is durable.
struct Answer {
    std::string done;                   ///< a sentence
    std::vector<std::string> refused;   ///< a sentence for each reason; then nothing was changed
    friend bool operator==(const Answer&, const Answer&) = default;
};

/// Makes all of the change, or nothing of it. Throws where the catalog fails.
Answer apply(catalog::store::Catalog& catalog, const Change& change, catalog::time::UtcTime now,
             const catalog::time::Zone& zone);

/// One line of JSON each, its newline included. Reading refuses (invalid) what is none.
std::string to_line(const Change& change);
catalog::Result<Change> read_change(std::string_view line);
std::string to_line(const Answer& answer);
catalog::Result<Answer> read_answer(std::string_view line);

} // namespace server::control
