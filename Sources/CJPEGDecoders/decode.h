/*
 * The body of one build's decoder. The includer has included that build's jpeglib.h and jerror.h and
 * defined CJPEG_NAME, the function's name.
 */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include "include/cjpegdecoders.h"

/* A progressive stream may ask for any number of passes over the picture; real ones have about ten. */
#define CJPEG_MAXIMUM_SCANS 200

typedef struct {
    struct jpeg_error_mgr base;
    jmp_buf failed;
    cjpeg_frame *frame;
    int damaged;
} error_handler;

static void fail(j_common_ptr common) {
    error_handler *handler = (error_handler *)common->err;
    char text[JMSG_LENGTH_MAX];
    (*common->err->format_message)(common, text);
    snprintf(handler->frame->message, sizeof handler->frame->message, "%s", text);
    longjmp(handler->failed, 1);
}

/* The warnings after which some samples are made up; the others are about markers. */
static int is_damage(int code) {
    return code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE || code == JWRN_JPEG_EOF || code == JWRN_MUST_RESYNC;
}

static void note(j_common_ptr common, int level) {
    error_handler *handler = (error_handler *)common->err;
    if (level >= 0 || !is_damage(common->err->msg_code)) return;
    if (!handler->damaged) {
        char text[JMSG_LENGTH_MAX];
        (*common->err->format_message)(common, text);
        snprintf(handler->frame->message, sizeof handler->frame->message, "%s", text);
    }
    handler->damaged = 1;
}

static void be_silent(j_common_ptr common) { (void)common; }

static void limit_scans(j_common_ptr common) {
    if (common->is_decompressor && ((j_decompress_ptr)common)->input_scan_number > CJPEG_MAXIMUM_SCANS) {
        error_handler *handler = (error_handler *)common->err;
        snprintf(handler->frame->message, sizeof handler->frame->message, "more than %d scans", CJPEG_MAXIMUM_SCANS);
        longjmp(handler->failed, 1);
    }
}

static void start_source(j_decompress_ptr decoder) { (void)decoder; }

/* Past the end the library is given an End of Image, which it needs to finish the last scan, and the fact is noted. */
static boolean fill_buffer(j_decompress_ptr decoder) {
    static const JOCTET end_of_image[2] = {0xFF, 0xD9};
    WARNMS(decoder, JWRN_JPEG_EOF);
    decoder->src->next_input_byte = end_of_image;
    decoder->src->bytes_in_buffer = sizeof end_of_image;
    return TRUE;
}

static void skip(j_decompress_ptr decoder, long count) {
    if (count <= 0) return;
    if ((size_t)count > decoder->src->bytes_in_buffer) {
        (void)fill_buffer(decoder);
        return;
    }
    decoder->src->next_input_byte += count;
    decoder->src->bytes_in_buffer -= (size_t)count;
}

static void end_source(j_decompress_ptr decoder) { (void)decoder; }

static cjpeg_status mismatch(cjpeg_frame *frame, j_decompress_ptr decoder) {
    snprintf(frame->message, sizeof frame->message, "the stream has %u columns, %u rows and %d components",
             (unsigned)decoder->image_width, (unsigned)decoder->image_height, decoder->num_components);
    return cjpeg_mismatch;
}

static cjpeg_status read_frame(j_decompress_ptr decoder, cjpeg_frame *frame) {
    if (jpeg_read_header(decoder, TRUE) != JPEG_HEADER_OK) return cjpeg_corrupt;
    if (decoder->image_width != frame->columns || decoder->image_height != frame->rows
        || decoder->num_components != (int)frame->components)
        return mismatch(frame, decoder);
    size_t row_length = (size_t)frame->columns * frame->components * sizeof(JSAMPLE);
    if (frame->length / frame->rows < row_length) return mismatch(frame, decoder);
    decoder->jpeg_color_space = JCS_UNKNOWN;
    decoder->out_color_space = JCS_UNKNOWN;
    jpeg_start_decompress(decoder);
    while (decoder->output_scanline < decoder->output_height) {
        JSAMPROW row = (JSAMPROW)((uint8_t *)frame->samples + row_length * decoder->output_scanline);
        if (jpeg_read_scanlines(decoder, &row, 1) != 1) return cjpeg_corrupt;
    }
    return cjpeg_ok;
}

cjpeg_status CJPEG_NAME(const uint8_t *bytes, size_t count, cjpeg_frame *frame) {
    struct jpeg_decompress_struct decoder;
    error_handler handler;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;
    memset(&decoder, 0, sizeof decoder);
    memset(&handler, 0, sizeof handler);
    memset(&source, 0, sizeof source);
    memset(&progress, 0, sizeof progress);
    handler.frame = frame;
    decoder.err = jpeg_std_error(&handler.base);
    handler.base.error_exit = fail;
    handler.base.emit_message = note;
    handler.base.output_message = be_silent;
    if (setjmp(handler.failed)) {
        jpeg_destroy_decompress(&decoder);
        return cjpeg_corrupt;
    }
    jpeg_create_decompress(&decoder);
    progress.progress_monitor = limit_scans;
    decoder.progress = &progress;
    source.init_source = start_source;
    source.fill_input_buffer = fill_buffer;
    source.skip_input_data = skip;
    source.resync_to_restart = jpeg_resync_to_restart;
    source.term_source = end_source;
    source.next_input_byte = bytes;
    source.bytes_in_buffer = count;
    decoder.src = &source;
    cjpeg_status status = read_frame(&decoder, frame);
    jpeg_destroy_decompress(&decoder);
    return status == cjpeg_ok && handler.damaged ? cjpeg_corrupt : status;
}
