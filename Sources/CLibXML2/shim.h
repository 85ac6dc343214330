// Debian's libxml2 headers include <unicode/ucnv.h>, which clashes with the ICU that Foundation brings
// along: clean release builds of the tests failed. Letterpress hands libxml2 nothing but UTF-8, so the
// ICU declarations are switched off before any other header is read.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/catalog.h>
