// DCMTK's side of the comparison of DICOM libraries; with_pydicom.py tells what it is for and its protocol.

#include <algorithm>
#include <sstream>

#include "harness.hpp"

#include <dcmtk/config/osconfig.h> // before DCMTK's other headers
#include <dcmtk/dcmdata/dcjson.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

namespace {

// Values longer than DCM_MaxReadLength, 4 KiB, also stay in the file until they are asked for.
bool readUpToPixels(DcmFileFormat& file, const std::string& path) {
    return file
        .loadFileUntilTag(path.c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength, ERM_autoDetect, DCM_PixelData)
        .good();
}

bool header(const std::string& path, long&) {
    DcmFileFormat file;
    return readUpToPixels(file, path);
}

// What dcm2json does: DICOM JSON is UTF-8, so other character sets are converted first. DCMTK's format has no
// threshold for bulk data, so binary values of all lengths are written inline.
bool json(const std::string& path, long&) {
    DcmFileFormat file;
    if (!readUpToPixels(file, path)) return false;
    DcmDataset& dataset = *file.getDataset();
    OFString charset;
    if (dataset.findAndGetOFStringArray(DCM_SpecificCharacterSet, charset).good() && charset != "ISO_IR 192" &&
        charset != "ISO_IR 6" && dataset.convertToUTF8().bad())
        return false;
    DcmJsonFormatCompact format(OFFalse);
    std::ostringstream text;
    // The data set's own writeJson leaves out the braces around it.
    return file.writeJson(text, format).good() && !text.str().empty();
}

// Asking for the array is what brings native pixels into memory, in the machine's byte order.
bool decode(const std::string& path, long& frames) {
    DcmFileFormat file;
    if (file.loadFile(path.c_str()).bad()) return false;
    DcmDataset& dataset = *file.getDataset();
    if (dataset.chooseRepresentation(EXS_LittleEndianExplicit, nullptr).bad()) return false;

    DcmElement* pixels = nullptr;
    if (dataset.findAndGetElement(DCM_PixelData, pixels).bad()) return false;
    Uint8* bytes = nullptr;
    Uint16* words = nullptr;
    const bool inBytes = pixels->getVR() == EVR_OB;
    const OFCondition got = inBytes ? pixels->getUint8Array(bytes) : pixels->getUint16Array(words);
    if (got.bad() || (bytes == nullptr && words == nullptr)) return false;

    Sint32 count = 0; // it stays 0 when the attribute is absent
    dataset.findAndGetSint32(DCM_NumberOfFrames, count);
    frames += std::max(count, Sint32{1});
    return true;
}

} // namespace

int main(int argc, char** argv) {
    const std::string name = argc > 2 ? argv[1] : "";
    const Task task = name == "header" ? header : name == "json" ? json : name == "decode" ? decode : Task();
    if (!task) {
        std::cerr << "usage: dcmtk header|json|decode SECONDS FILE...\n";
        return 2;
    }
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    DJDecoderRegistration::registerCodecs(EDC_never);
    DJLSDecoderRegistration::registerCodecs();
    DcmRLEDecoderRegistration::registerCodecs();
    return run(task, task, name == "decode", argc, argv);
}
