// Writing XML elements with numbers that read back to the same double. For the body station's own sources.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <Eigen/Core>
#include <tinyxml2.h>

namespace plumb {

using XmlAttributes = std::vector<std::pair<const char*, std::string>>;

/// Blank-separated numbers, each in the shortest form that reads back exactly, in any locale.
[[nodiscard]] std::string numbers_text(const std::vector<double>& values);
[[nodiscard]] std::string vector_text(const Eigen::Vector3d& v);

/// A new last child.
tinyxml2::XMLElement& add_element(tinyxml2::XMLNode& parent, const char* name,
                                  const XmlAttributes& attributes = {});
void set_attributes(tinyxml2::XMLElement& element, const XmlAttributes& attributes);
void add_comment(tinyxml2::XMLNode& parent, std::string text);

/// The declaration, then each note as a comment.
void add_head(tinyxml2::XMLDocument& document, const std::vector<std::string>& notes);

[[nodiscard]] std::string document_text(const tinyxml2::XMLDocument& document);

}  // namespace plumb
