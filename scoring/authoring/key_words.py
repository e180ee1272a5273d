"""What each key of a pack's files is for (nghĩa của từng khóa), as editors show it.

The part before the first colon is the key's title. A new key of ``scoring.schema`` gets its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_BASIS = "Căn cứ: điều, khoản của văn bản, ví dụ “Điều 2, II.1”."
_UNIT = "Đơn vị tính: hộ, ngày, triệu đồng, “%”."
_CRITERIA = "Tiêu chí: mỗi mục là một nhóm (parts) hoặc một tiêu chí có đúng một cách cho điểm."
_ID = "Mã: không dấu, không cách, mỗi mã dùng một lần; ví dụ II.2, DK.1, xuat-sac."
_MEASURE = "Số đem đo: một số liệu hoặc một biểu thức."
_WHEN = "Điều kiện: biểu thức đúng hoặc sai."
_JUDGED = {"id": _ID, "label": "Trường hợp bằng lời.", "when": _WHEN, "basis": _BASIS}

KEY_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "PackFile": {
            "id": "Mã bộ quy tắc: thường trùng tên thư mục.",
            "version": "Phiên bản: ba số, ví dụ 1.0.0; đổi nội dung thì tăng.",
            "title": "Tên đầy đủ: không phải quy định của cơ quan nào thì ghi “mẫu minh họa”.",
            "note": "Ghi chú: dòng bắt đầu bằng “Chưa thực hiện:” nêu điều khoản chưa viết được.",
            "basis": "Văn bản căn cứ: ít nhất một.",
            "effective": "Thời gian áp dụng.",
            "rounding": "Làm tròn: từng tiêu chí và tổng điểm.",
            "facts": "Số liệu: mỗi số liệu quy tắc cần được khai một lần ở đây.",
            "constants": "Hằng số: giá trị văn bản ấn định, như hạn nộp, mức chuẩn.",
            "derived": "Số tính được: tính ra từ số liệu, dòng dưới đọc được dòng trên.",
            "peers": "Số của cả cụm, khối: trung bình, cao nhất … của mọi hồ sơ.",
            "gates": "Điều kiện xét: thiếu một điều thì không xét.",
            "criteria": _CRITERIA,
            "rescale": "Quy về thang điểm: khi có tiêu chí không áp dụng.",
            "bonus": "Điểm thưởng.",
            "penalty": "Điểm phạt: viết số dương, được trừ khỏi tổng.",
            "grades": "Mức xếp loại: từ cao xuống thấp; mức cuối không có when.",
            "veto": "Loại trừ: điều kiện đúng thì xếp mức đã nêu, dù bao nhiêu điểm.",
            "caps": "Trần xếp loại: điều kiện đúng thì cao nhất là mức đã nêu.",
            "overrides": "Quyết định khác: đặt thẳng mức xếp loại, sau mọi bước khác.",
            "ranking": "Xếp hạng: ai được xếp và so bằng gì.",
            "selections": "Lượt xét chọn: công nhận, biểu dương …",
        },
        "BasisFile": {
            "document": "Tên văn bản: số, ngày, cơ quan ban hành.",
            "clause": "Điều, khoản: khi cả bộ chỉ dựa vào một phần văn bản.",
            "url": "Địa chỉ văn bản: để người khác tra lại.",
        },
        "EffectiveFile": {
            "from": "Áp dụng từ ngày: viết năm-tháng-ngày.",
            "to": "Áp dụng đến hết ngày: bỏ trống khi còn hiệu lực.",
        },
        "RoundingFile": {
            "criterion": "Mỗi tiêu chí làm tròn đến: 0.01 là hai số lẻ.",
            "total": "Tổng điểm làm tròn đến: bỏ trống thì không làm tròn thêm.",
            "mode": "Cách làm tròn: half-up, nửa thì làm tròn lên.",
        },
        "FactFile": {
            "type": "Loại: integer số nguyên, decimal số thập phân, yes_no có/không, choice lựa "
            "chọn, date ngày, text chữ, marks phiếu chấm của các ủy viên.",
            "label": "Tên hiện ra: trùng tên cột trong bảng tính.",
            "unit": _UNIT,
            "min": "Nhỏ nhất: nhập số nhỏ hơn thì bị từ chối.",
            "max": "Lớn nhất: nhập số lớn hơn thì bị từ chối.",
            "step": "Bước: 0.5 thì nhận 8; 8.5; 9.",
            "choices": "Các lựa chọn: mã và chữ hiện ra.",
            "ask": "Ai ghi: register phiếu đăng ký, report báo cáo, appraise người thẩm định, "
            "council hội đồng.",
            "entry": "Lấy từ phiếu đăng ký: tên, địa chỉ, đơn vị, lĩnh vực, ngày bắt đầu, "
            "ngày đăng ký.",
            "register": "Lấy từ sổ: máy đếm trong các đợt khác của sổ, không ai phải ghi.",
            "evidence": "Minh chứng: required thì phải kèm.",
            "optional": "Được để trống: khi dùng phải nói trống thì sao, (so_ho ?? 0).",
        },
        "RegisterFile": {
            "take": "Lấy gì: count số hồ sơ (mặc định), grade mức xếp loại gần nhất.",
            "whose": "Hồ sơ của ai: unit cùng đơn vị đăng ký, members do chính hồ sơ này (một đơn "
            "vị) đăng ký, self chính mô hình này.",
            "seasons": "Ở đợt nào: same-year các đợt khác cùng năm, previous-year năm trước, "
            "earlier mọi năm trước.",
            "selection": "Chỉ hồ sơ được chọn ở lượt này: mã lượt của bộ quy tắc đợt kia.",
            "grade": "Chỉ hồ sơ xếp loại: mã mức của bộ quy tắc đợt kia.",
            "level": "Chỉ hồ sơ cấp: mã trong danh mục.",
            "field": "Chỉ hồ sơ lĩnh vực: mã trong danh mục.",
            "kind": "Chỉ hồ sơ loại hình: mã trong danh mục.",
        },
        "ConstantFile": {
            "label": "Tên hiện ra.",
            "value": "Giá trị: số, ngày hoặc true/false, viết không nháy.",
            "values": "Giá trị theo ngày: thay cho value, mỗi giá trị từ một ngày; xếp từ cũ đến "
            "mới.",
            "unit": _UNIT,
            "basis": _BASIS,
        },
        "DatedValueFile": {
            "from": "Từ ngày: cho đến ngày của giá trị sau.",
            "value": "Giá trị từ ngày ấy: số, ngày hoặc true/false, viết không nháy.",
            "basis": _BASIS,
        },
        "DerivedFile": {
            "label": "Tên hiện ra.",
            "value": "Cách tính: một biểu thức.",
            "unit": _UNIT,
            "basis": _BASIS,
        },
        "PeerFile": {
            "label": "Tên hiện ra.",
            "of": "Số lấy ở từng hồ sơ: một số liệu hoặc một biểu thức.",
            "take": "Lấy gì của cả nhóm: mean trung bình, max, min, sum tổng, count số hồ sơ.",
            "per": "Nhóm theo: một số liệu; bỏ trống thì mọi hồ sơ là một nhóm.",
            "unit": _UNIT,
            "basis": _BASIS,
        },
        "GateFile": {
            "id": _ID,
            "label": "Điều kiện bằng lời.",
            "require": "Phải đúng: biểu thức; sai hoặc thiếu số liệu thì không xét.",
            "basis": _BASIS,
        },
        "CriterionFile": {
            "id": _ID,
            "label": "Tên tiêu chí: như văn bản viết.",
            "max": "Điểm tối đa: tính ra hơn thì lấy đúng tối đa.",
            "min": "Điểm tối thiểu: tính ra kém hơn thì lấy mức này.",
            "basis": _BASIS,
            "note": "Ghi chú: “Chưa thực hiện: …” khi văn bản chưa đủ rõ để máy chấm.",
            "applies": "Áp dụng khi: biểu thức; sai thì tiêu chí không dành cho hồ sơ này.",
            "not_applicable": "Khi không áp dụng: drop bớt điểm tối đa, full được đủ điểm, "
            "share chia cho tiêu chí cùng nhóm.",
            "needs": "Điều kiện cần: chưa có thì chưa được điểm nào.",
            "scale": "Hệ số: điểm nhân với biểu thức này.",
            "take": "Điểm của nhóm: sum cộng các tiêu chí con, best chỉ lấy con cao nhất.",
            "parts": "Tiêu chí con: điểm tối đa cộng lại bằng điểm tối đa của nhóm.",
            "yes_no": "Có hoặc không.",
            "each_yes": "Mỗi ý đạt được chừng ấy điểm.",
            "tiers": "Bậc: mỗi khoảng một mức điểm.",
            "ratio": "Tỷ lệ: điểm theo phần đạt được.",
            "count": "Đếm: mỗi đơn vị chừng ấy điểm.",
            "steps": "Sàn, bước, trần.",
            "choice": "Lựa chọn: mỗi lựa chọn một mức điểm.",
            "judged": "Hội đồng chấm: trung bình các phiếu.",
            "branches": "Rẽ nhánh: nhánh đầu tiên đúng thì dùng.",
            "points": "Công thức thẳng: một biểu thức cho ra điểm.",
        },
        "NeedsFile": {
            "require": "Phải đúng: biểu thức.",
            "otherwise": "Điểm khi chưa có: mặc định 0.",
            "label": "Điều kiện bằng lời.",
        },
        "YesNoFile": {
            "when": _WHEN,
            "points": "Điểm khi có.",
            "otherwise": "Điểm khi không: mặc định 0.",
        },
        "EachYesFile": {
            "of": "Các ý: mỗi ý một số liệu có/không hoặc một điều kiện.",
            "points": "Điểm mỗi ý.",
        },
        "TiersFile": {
            "of": _MEASURE,
            "unit": _UNIT,
            "bands": "Các bậc: không chồng nhau, không hở.",
        },
        "BandFile": {
            "from": "Từ: kể cả đầu này.",
            "above": "Trên: không kể đầu này.",
            "below": "Dưới: không kể đầu này.",
            "to": "Đến: kể cả đầu này.",
            "points": "Điểm của bậc.",
        },
        "RatioFile": {
            "of": _MEASURE,
            "points": "Điểm khi đủ.",
            "full_at": "Mức đủ điểm: 100 khi tính theo phần trăm.",
            "cut": "Dưới mức này thì 0 điểm.",
            "unit": _UNIT,
        },
        "CountFile": {
            "of": _MEASURE,
            "points": "Điểm mỗi đơn vị.",
            "cap": "Tối đa.",
            "unit": _UNIT,
        },
        "StepsFile": {
            "of": _MEASURE,
            "from": "Sàn: từ đây bắt đầu có điểm.",
            "points": "Điểm ở sàn.",
            "per": "Một bước: cứ đủ chừng này.",
            "add": "Thêm mỗi bước.",
            "cap": "Tối đa.",
            "below": "Điểm khi chưa tới sàn: mặc định 0.",
            "falling": "Càng ít càng nhiều điểm: true khi bước tính theo chiều giảm.",
            "partial": "Tính cả bước lẻ: true thì theo tỷ lệ, mặc định chỉ bước trọn.",
            "unit": _UNIT,
        },
        "ChoicePointsFile": {
            "of": "Số liệu lựa chọn: type: choice.",
            "points": "Điểm từng lựa chọn: không bỏ sót lựa chọn nào.",
        },
        "JudgedFile": {
            "marks": "Phiếu chấm: số liệu type: marks.",
            "at_least": "Ít nhất bao nhiêu phiếu: chưa đủ thì chưa có điểm.",
            "trim": "Bỏ phiếu cao nhất, thấp nhất.",
        },
        "TrimFile": {
            "from": "Từ bao nhiêu phiếu thì bỏ.",
            "highest": "Bỏ bao nhiêu phiếu cao nhất.",
            "lowest": "Bỏ bao nhiêu phiếu thấp nhất.",
        },
        "BranchFile": {
            "when": "Điều kiện: nhánh cuối cùng không có.",
            "points": "Điểm: một số hoặc một biểu thức.",
            "label": "Trường hợp bằng lời.",
        },
        "RescaleFile": {
            "to": "Thang điểm: ví dụ 100.",
            "basis": _BASIS,
        },
        "BlockFile": {
            "label": "Tên phần này.",
            "max": "Tối đa: cộng lại hơn thì lấy đúng tối đa.",
            "min": "Tối thiểu.",
            "take": "Cách lấy: sum cộng cả, best chỉ lấy mục cao nhất.",
            "basis": _BASIS,
            "parts": _CRITERIA,
        },
        "GradeFile": {
            "id": _ID,
            "label": "Tên mức: Xuất sắc, Tốt …",
            "when": "Điều kiện: dùng được total, base, bonus, penalty, zero_criteria, mã tiêu chí "
            "(III_3) và số liệu; mức cuối không có.",
            "basis": _BASIS,
        },
        "VetoFile": {**_JUDGED, "grade": "Xếp mức này."},
        "CapFile": {**_JUDGED, "at_most": "Cao nhất là mức này."},
        "RankingFile": {
            "among": "Xếp hạng những mức nào.",
            "order": "So lần lượt: cao hơn xếp trên; grade_rank là mức xếp loại, mức cuối là 1.",
            "then": "Ngang nhau hết thì: vote bỏ phiếu, chair người chủ trì quyết định.",
            "basis": _BASIS,
        },
        "SelectionFile": {
            "id": _ID,
            "label": "Tên lượt: Công nhận, Biểu dương …",
            "from": "Chọn trong những mức nào: phải có trong ranking.among.",
            "except": "Trừ: ai đã được chọn ở những lượt này, viết phía trên, thì không xét nữa.",
            "require": "Mỗi người được chọn còn phải: biểu thức, ví dụ tỷ lệ phiếu.",
            "order": "Thứ tự riêng: khi không theo thứ tự xếp hạng.",
            "quotas": "Chỉ tiêu: xét từ trên xuống cho đến khi hết.",
            "basis": _BASIS,
        },
        "QuotaFile": {
            "most": "Nhiều nhất: một số hoặc một biểu thức.",
            "share": "Tỷ lệ: thay cho most.",
            "per": "Theo từng: đơn vị, lĩnh vực …; bỏ trống thì tính chung.",
            "only": "Chỉ tính những ai: biểu thức.",
            "label": "Chỉ tiêu bằng lời.",
            "basis": _BASIS,
        },
        "ShareFile": {
            "percent": "Phần trăm: ví dụ 20.",
            "of": "Của: participants mọi hồ sơ được xét, hoặc danh sách mức xếp loại.",
            "round": "Làm tròn số chỗ: down xuống, up lên, half-up nửa thì lên.",
        },
        "CriteriaFile": {"criteria": _CRITERIA},
        "CasesFile": {
            "base": "Một hồ sơ trọn vẹn: ghi ở một tệp, dùng cho mọi ca.",
            "cases": "Các ca kiểm thử.",
            "accepted": "Đột biến chấp nhận: chỗ sửa không ca nào phân biệt được, kèm lý do.",
        },
        "AcceptedFile": {
            "change": "Đột biến: dòng mà dvk rules mutate in ra, bỏ vị trí.",
            "because": "Vì sao: lý do không ca nào phân biệt được, viết cho người đọc sau.",
        },
        "CaseFile": {
            "name": "Tên ca: mỗi ca một tên.",
            "note": "Ghi chú.",
            "at": "Vào ngày: bộ quy tắc đọc tại ngày này; bỏ trống thì theo giá trị mới nhất.",
            "given": "Số liệu khác với base: null là để trống.",
            "peers": "Số của cả cụm, khối: cho một hồ sơ chấm riêng.",
            "season": "Nhiều hồ sơ theo mã: để thử xếp hạng, xét chọn.",
            "expect": "Kết quả mong đợi: điểm theo mã tiêu chí, total, grade, gates …",
        },
        "ExpectFile": {
            "total": "Tổng điểm.",
            "grade": "Mức xếp loại: null khi không được xét.",
            "gates": "Điều kiện không đạt: [] khi đạt cả.",
            "bonus": "Điểm thưởng.",
            "penalty": "Điểm phạt.",
            "rank": "Hạng của từng mã: null khi không xếp.",
            "outcome": "Kết quả xét chọn: chosen, displaced, beyond, unmet, tied, waiting, null.",
        },
    }
)
