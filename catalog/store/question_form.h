#pragma once

namespace catalog::store {

class Connection;

/// A form of the file: questions to the advisers, and the batches of answers.
void add_questions(Connection& connection);

} // namespace catalog::store
