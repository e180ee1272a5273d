/* The regulation of benchmarks/pack in one fused pass over narrow columns, exact integers.
 * COLUMNS is put in by c_pass.py: one pointer a column, in the order of packed.NARROW. */
#include <stdint.h>

static inline int32_t least(int32_t a, int32_t b) { return a < b ? a : b; }
static inline int32_t most(int32_t a, int32_t b) { return a > b ? a : b; }

void score(long rows, const void *const *columns, const int32_t *kind_points,
           const int32_t *level_points, const int32_t *unit_points, const int32_t *days,
           int32_t *totals) {
    COLUMNS
    for (long i = 0; i < rows; i++) {
        int32_t total = 100 * (ro_nguoi[i] + ro_viec[i] + ro_dia_chi[i] + ro_ket_qua[i]);
        total += ngay_dang_ky[i] <= days[0] ? 200 : 0;
        total += least(75 * so_to_chuc_phoi_hop[i], 300);
        total += level_points[cap_dang_ky[i]] + kind_points[loai_mo_hinh[i]];
        total += unit_points[don_vi[i]] + 100 * trang_thong_tin[i];

        int32_t members = so_thanh_vien[i], complaints = so_vu_khieu_nai[i];
        total += members >= 100 ? 800 : members >= 50 ? 500 : members >= 20 ? 300 : 0;
        uint32_t part = so_ho_tham_gia[i], homes = so_ho_dia_ban[i];
        total += 2 * part < homes ? 0 : (int32_t)((2400 * part + homes) / (2 * homes));
        int32_t content = so_phieu_hai_long[i], asked = so_phieu_khao_sat[i];
        total += (content * 10 >= asked * 9) & (complaints == 0) ? 600
                 : content * 4 >= asked * 3                       ? 400
                                                                  : 0;
        total += most(0, 600 - 150 * complaints);
        total += (so_luot_tham_quan[i] > 1000) & duoc_tap_huan[i] ? 300 : 100;
        int32_t area = dien_tich_ha[i];
        total += area <= 0 ? 0 : (int32_t)homes * 40 > area ? 300 : 150;

        int64_t takings = doanh_thu[i], costs = chi_phi[i], before = doanh_thu_nam_truoc[i];
        if (takings > 0) {
            int64_t gap = takings > costs ? takings - costs : costs - takings;
            int64_t points = (2400 * gap + takings) / (2 * takings);
            total += takings > costs ? (int32_t)points : -(int32_t)(points < 600 ? points : 600);
        }
        int32_t growth = tang_thu_nhap[i];
        total += growth >= 1550 ? 500 : growth > 0 ? (3 * growth + 5) / 10 : 0;
        total += before < 0 ? 0 : takings * 10 > before * 11 ? 400 : 200;
        total += ty_le_ho_ngheo[i] > 1250 ? 0 : ty_le_ho_ngheo[i] > 500 ? 200 : 400;
        total += diem_an_toan[i] * 3 + diem_chat_luong[i] * 7 >= 80000 ? 600 : 250;
        int32_t capital = von_xa_hoi_hoa[i];
        total += capital < 2000 ? 0 : least(400, 200 + (capital - 2000) / 1000 * 25);

        int32_t clean = !vi_pham[i], started = ngay_bat_dau[i];
        total += 300 * (dat_chuan[i] & clean) + 200 * (nop_bao_cao[i] & duoc_kiem_tra[i] & clean);
        total += ngay_kiem_tra[i] >= days[1] ? 200 : 0;
        total += started <= days[2] ? 200 : started <= days[3] ? 125 : started <= days[4] ? 50 : 0;
        total += 300 * (chuyen_doi_so[i] | lien_ket_tieu_thu[i]);
        totals[i] = total - (vi_pham[i] ? 1000 : 125 * complaints);
    }
}

/* Reads every byte once and adds it up: what memory alone allows. */
uint64_t read_all(long words, const uint64_t *from) {
    uint64_t a = 0, b = 0, c = 0, d = 0;
    for (long i = 0; i + 4 <= words; i += 4) {
        a += from[i];
        b += from[i + 1];
        c += from[i + 2];
        d += from[i + 3];
    }
    return a + b + c + d;
}
