// The loop of the protocol that with_pydicom.py tells, for the libraries in C++.

#pragma once

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

// Does one file and adds the frames that it decoded; says whether that succeeded.
using Task = std::function<bool(const std::string& path, long& frames)>;

inline std::string quoted(const std::string& name) {
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') text += '\\';
        text += c;
    }
    return text + '"';
}

// `tries` says in the warm-up whether a file can be done; it may do more than the task, such as surviving a crash.
inline int run(const Task& task, const Task& tries, bool countsFrames, int argc, char** argv) {
    const double seconds = std::atof(argv[2]);
    std::vector<std::string> good;
    std::string failed;
    long operations = 0;
    long frames = 0;
    for (const std::string& path : std::vector<std::string>(argv + 3, argv + argc)) {
        if (tries(path, frames))
            good.push_back(path);
        else
            failed += (failed.empty() ? "" : ", ") + quoted(path);
    }
    frames = 0;
    double elapsed = 0;
    const auto begun = std::chrono::steady_clock::now();
    while (!good.empty() && elapsed < seconds) {
        for (const std::string& path : good) operations += task(path, frames);
        elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    }
    std::cout << "{\"operations\": " << operations << ", \"seconds\": " << elapsed;
    std::cout << ", \"failed\": [" << failed << "]";
    if (countsFrames) std::cout << ", \"frames\": " << frames;
    std::cout << "}\n";
    return 0;
}
