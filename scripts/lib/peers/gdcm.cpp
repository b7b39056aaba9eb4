// GDCM's side of the comparison of DICOM libraries; with_pydicom.py tells what it is for and its protocol.

#include <cstdio>
#include <exception>

#include <sys/wait.h>
#include <unistd.h>

#include <gdcmImageReader.h>
#include <gdcmReader.h>
#include <gdcmTag.h>
#include <gdcmTrace.h>

#include "harness.hpp"

namespace {

bool header(const std::string& path, long&) {
    gdcm::Reader reader;
    reader.SetFileName(path.c_str());
    return reader.ReadUpToTag(gdcm::Tag(0x7fe0, 0x0010));
}

bool decode(const std::string& path, long& frames) {
    gdcm::ImageReader reader;
    reader.SetFileName(path.c_str());
    if (!reader.Read()) return false;
    const gdcm::Image& image = reader.GetImage();
    std::vector<char> pixels(image.GetBufferLength());
    if (pixels.empty() || !image.GetBuffer(pixels.data())) return false;
    frames += image.GetNumberOfDimensions() == 3 ? image.GetDimension(2) : 1;
    return true;
}

bool succeeds(const Task& task, const std::string& path, long& frames) {
    try {
        return task(path, frames);
    } catch (const std::exception&) {
        return false;
    }
}

// Debian's GDCM has its assertions switched on, so an odd file can end the process: a child goes first.
bool survives(const Task& task, const std::string& path) {
    const pid_t child = fork();
    if (child == 0) {
        long frames = 0;
        _exit(succeeds(task, path, frames) ? 0 : 1);
    }
    int status = 1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

} // namespace

int main(int argc, char** argv) {
    const std::string name = argc > 2 ? argv[1] : "";
    if (name == "json") {
        std::cout << "{\"unsupported\": true}\n";
        return 0;
    }
    const Task task = name == "header" ? header : name == "decode" ? decode : Task();
    if (!task) {
        std::cerr << "usage: gdcm header|json|decode SECONDS FILE...\n";
        return 2;
    }
    gdcm::Trace::DebugOff();
    gdcm::Trace::WarningOff();
    gdcm::Trace::ErrorOff();
    // Its copies of libjpeg complain by themselves, whenever the one for 8 bits passes a file on to that for 12.
    if (std::freopen("/dev/null", "w", stderr) == nullptr) return 1;
    const Task tries = [&task](const std::string& path, long& frames) {
        return survives(task, path) && succeeds(task, path, frames);
    };
    return run(task, tries, name == "decode", argc, argv);
}
