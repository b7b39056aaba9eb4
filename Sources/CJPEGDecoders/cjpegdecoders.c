#include "include/cjpegdecoders.h"

typedef cjpeg_status decoder(const uint8_t *bytes, size_t count, cjpeg_frame *frame);
decoder cjpeg_decode_turbo8, cjpeg_decode_gdcm8, cjpeg_decode_gdcm12, cjpeg_decode_gdcm16;

cjpeg_status cjpeg_decode(cjpeg_build build, const uint8_t *bytes, size_t count, cjpeg_frame *frame) {
    frame->message[0] = 0;
    switch (build) {
    case cjpeg_turbo8: return cjpeg_decode_turbo8(bytes, count, frame);
    case cjpeg_gdcm8: return cjpeg_decode_gdcm8(bytes, count, frame);
    case cjpeg_gdcm12: return cjpeg_decode_gdcm12(bytes, count, frame);
    case cjpeg_gdcm16: return cjpeg_decode_gdcm16(bytes, count, frame);
    }
    return cjpeg_corrupt;
}
