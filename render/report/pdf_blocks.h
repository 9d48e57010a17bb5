// Each block of a document as pieces of pages.
#pragma once

#include "render/report/document.h"
#include "render/report/pdf_flow.h"

namespace plumb {

void add_block(Flow& flow, const Heading& heading);
void add_block(Flow& flow, const Paragraph& paragraph);
void add_block(Flow& flow, const BulletList& list);
void add_block(Flow& flow, const Table& table);    ///< pdf_table.cpp
void add_block(Flow& flow, const FigureRow& row);  ///< pdf_figures.cpp
void add_block(Flow& flow, const NoteBox& note);
void add_block(Flow& flow, const PageBreak&);

}  // namespace plumb
