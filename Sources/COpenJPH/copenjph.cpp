#include "include/copenjph.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <stdexcept>

#include <openjph/ojph_arch.h>
#include <openjph/ojph_codestream.h>
#include <openjph/ojph_file.h>
#include <openjph/ojph_mem.h>
#include <openjph/ojph_message.h>
#include <openjph/ojph_params.h>

namespace {

/* The library's own reporter prints to the standard error. */
class thrown_error : public ojph::message_error {
public:
    void operator()(int, const char *, int, const char *words, ...) override { throw std::runtime_error(words); }
};

/* Collects the codestream; the library's own memory file leaks when an encoder throws. */
class memory_file : public ojph::outfile_base {
public:
    ~memory_file() override { std::free(bytes); }

    size_t write(const void *source, size_t count) override {
        if (count > capacity - length) {
            size_t wanted = capacity * 2 + count;
            void *grown = std::realloc(bytes, wanted);
            if (grown == nullptr) throw std::runtime_error("there is no memory");
            bytes = static_cast<uint8_t *>(grown);
            capacity = wanted;
        }
        std::memcpy(bytes + length, source, count);
        length += count;
        return count;
    }

    ojph::si64 tell() override { return static_cast<ojph::si64>(length); }

    uint8_t *bytes = nullptr;
    size_t length = 0;

private:
    size_t capacity = 0;
};

int32_t sample(const copenjph_image *image, size_t index) {
    if (image->sample_width == 1) {
        uint8_t byte = image->samples[index];
        return image->is_signed ? static_cast<int8_t>(byte) : byte;
    }
    const uint8_t *place = image->samples + index * 2;
    uint16_t word = static_cast<uint16_t>(place[0] | place[1] << 8);
    return image->is_signed ? static_cast<int16_t>(word) : word;
}

void describe(ojph::codestream &stream, const copenjph_image *image) {
    ojph::param_siz size = stream.access_siz();
    size.set_image_extent(ojph::point(image->columns, image->rows));
    size.set_num_components(image->components);
    for (uint32_t component = 0; component < image->components; component++)
        size.set_component(component, ojph::point(1, 1), image->precision, image->is_signed != 0);
    ojph::param_cod coding = stream.access_cod();
    coding.set_num_decomposition(image->decompositions);
    coding.set_block_dims(64, 64);
    coding.set_progression_order("RPCL");
    coding.set_color_transform(image->transforms_colour != 0);
    coding.set_reversible(true);
    stream.set_planar(false);
}

void encode(const copenjph_image *image, memory_file &file) {
    ojph::codestream stream;
    describe(stream, image);
    stream.write_headers(&file);
    ojph::ui32 component = 0;
    ojph::line_buf *line = stream.exchange(nullptr, component);
    for (uint32_t row = 0; row < image->rows; row++) {
        for (uint32_t step = 0; step < image->components; step++) {
            size_t first = static_cast<size_t>(row) * image->columns * image->components + component;
            for (uint32_t column = 0; column < image->columns; column++)
                line->i32[column] = sample(image, first + static_cast<size_t>(column) * image->components);
            line = stream.exchange(line, component);
        }
    }
    stream.flush();
    stream.close();
}

}

int copenjph_encode(const copenjph_image *image, copenjph_result *result) {
    static thrown_error reporter;
    std::memset(result, 0, sizeof *result);
    try {
        ojph::configure_error(&reporter);
        memory_file file;
        encode(image, file);
        result->bytes = file.bytes;
        result->length = file.length;
        file.bytes = nullptr;
        return 0;
    } catch (const std::exception &error) {
        std::snprintf(result->message, sizeof result->message, "%s", error.what());
    } catch (const char *words) {
        std::snprintf(result->message, sizeof result->message, "%s", words);
    }
    return 1;
}

void copenjph_free(copenjph_result *result) {
    std::free(result->bytes);
    result->bytes = nullptr;
}
