// Thin helpers over tinyxml2, whose own numbers would follow the locale.
#include "sim/body/xml.h"

#include "sim/base/text.h"

namespace plumb {

std::string numbers_text(const std::vector<double>& values) {
    std::string text;
    for (const double value : values) text += (text.empty() ? "" : " ") + number_text(value);
    return text;
}

std::string vector_text(const Eigen::Vector3d& v) { return numbers_text({v.x(), v.y(), v.z()}); }

tinyxml2::XMLElement& add_element(tinyxml2::XMLNode& parent, const char* name,
                                  const XmlAttributes& attributes) {
    tinyxml2::XMLElement* const element = parent.GetDocument()->NewElement(name);
    set_attributes(*element, attributes);
    parent.InsertEndChild(element);
    return *element;
}

void set_attributes(tinyxml2::XMLElement& element, const XmlAttributes& attributes) {
    for (const auto& [key, value] : attributes) element.SetAttribute(key, value.c_str());
}

void add_comment(tinyxml2::XMLNode& parent, std::string text) {
    // Two hyphens end a comment, one at the end makes it illegal.
    for (std::size_t at = text.find("--"); at != std::string::npos; at = text.find("--", at))
        text.insert(at + 1, " ");
    parent.InsertEndChild(parent.GetDocument()->NewComment((" " + text + " ").c_str()));
}

void add_head(tinyxml2::XMLDocument& document, const std::vector<std::string>& notes) {
    document.InsertEndChild(document.NewDeclaration("xml version=\"1.0\" encoding=\"utf-8\""));
    for (const std::string& note : notes) add_comment(document, note);
}

std::string document_text(const tinyxml2::XMLDocument& document) {
    tinyxml2::XMLPrinter printer;
    document.Print(&printer);
    return printer.CStr();
}

}  // namespace plumb
